"""The service desk: what cannot be settled live becomes a ticket with a promise."""
