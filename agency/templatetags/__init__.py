"""What templates may say: see `words`."""
