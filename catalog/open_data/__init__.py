"""The catalogue for machines: CPSV-AP 3.2 as JSON-LD, schema.org, a CSV list, a feed of changes.

What is said comes from the edition in force, never from what is being written. The conversions are
pure: published cards in, plain values out; `views` answers with them.
"""
