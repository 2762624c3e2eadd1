"""Everything that can happen to a consultation, a case and a duty; one verb each.

Whatever moves the line takes the pairing lock before any consultation row. Each returns what
happened, so that the conversation can tell it to both sides (`chat.lines`).
"""
