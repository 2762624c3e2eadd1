"""The supervisor's room: the live board and the transcripts."""
