"""Text, dates, identifiers and masking for a Persian service: pure functions, no Django."""
