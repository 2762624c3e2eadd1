"""The sentences of refusal, in each language of the wire."""

from functools import cache

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

REFUSALS = {
    "malformed": gettext_noop("This was not understood."),
    "unknown_type": gettext_noop("This was not understood."),
    "bad_field": gettext_noop("This was not understood."),
    "missing_field": gettext_noop("This was not understood."),
    "too_big": gettext_noop("This is too big to send."),
    "version": gettext_noop("This page is of an earlier version. Please load it again."),
    "not_yours": gettext_noop("This conversation is not open to you."),
    "slow_down": gettext_noop("Too many at once. It will be sent in a moment."),
    "busy": gettext_noop("The service is busy. It will be sent in a moment."),
    "empty": gettext_noop("There is nothing to send."),
    "too_long": gettext_noop("A message has at most 4,000 characters. Send it in two parts."),
    "gap": gettext_noop("An earlier message is still on its way."),
    "repeated": gettext_noop("This place in the conversation is taken by another message."),
    "closed": gettext_noop("The conversation has ended."),
    "not_held": gettext_noop("This conversation is with a colleague now."),
    "unfilled": gettext_noop("Fill in the words between { and } first."),
}


def both(message: str, **values: object) -> dict[str, str]:
    """`message` (an English msgid) in Persian and English."""
    said = {}
    for language in ("fa", "en"):
        with translation.override(language):
            said[language] = gettext(message) % values if values else gettext(message)
    return said


@cache
def refusal(code: str) -> dict[str, str]:
    """What the reader is told for this code."""
    return both(REFUSALS[code])
