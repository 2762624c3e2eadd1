"""The pages of the desk: where a question begins, how it is followed, where the staff works."""
