"""The chat of the Channels tutorial, with `acreate` for every message. See README.md."""
