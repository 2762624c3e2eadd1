"""What editors do: write, hand over, approve, send back, retire."""
