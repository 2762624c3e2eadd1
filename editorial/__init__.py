"""How a service card comes about: drafts, a second pair of eyes, editions, what to mend."""
