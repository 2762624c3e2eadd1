"""Who did what, and what was masked: the audit log and the vault."""
