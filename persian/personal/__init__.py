"""The rules behind masking: how a text is read, and how each kind of number is known."""
