"""Taking cards in, and giving them out."""
