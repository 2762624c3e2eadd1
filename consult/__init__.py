"""The heart: asking, the waiting line, pairing, holding, closing."""
