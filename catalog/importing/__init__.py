"""Cards from files and to files: our own JSON both ways, and other people's lists by a mapping.

`decoding` makes text of bytes, `reading` rows of text, `mapping` fields of their columns, `own` is
our format, `writing` puts proposals into the database. Nothing is ever published here: what comes
in is a draft for people to look at.
"""
