"""Whose: units, working hours, holidays, topics, skills and the agency's words."""
