"""What about: service cards, the identity cards of public services."""
