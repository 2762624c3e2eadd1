"""Who: people of the staff, their roles, and signing in."""
