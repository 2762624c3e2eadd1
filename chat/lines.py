"""What the system says within a conversation: a code in the database, a sentence on the screen."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from agency.bilingual import readers_language
from persian.digits import in_digits_of

LINES = {
    "joined": gettext_noop("%(name)s joined the conversation."),
    "put_back": gettext_noop(
        "Your counsellor had to leave. You are at the head of the line again."
    ),
    "counsellor_lost": gettext_noop(
        "The connection to your counsellor was lost. You are at the head of the line again."
    ),
    "no_reply": gettext_noop(
        "Your counsellor could not answer in time. You are at the head of the line again."
    ),
    "on_hold": gettext_noop("Back within %(minutes)s min: %(reason)s"),
    "hold_over": gettext_noop("The counsellor is back."),
    "transferred": gettext_noop("The conversation is handed to a colleague. Nothing is lost."),
    "silence": gettext_noop("Are you still there? The conversation stays open for you."),
    "parked": gettext_noop(
        "The conversation is parked. Write whenever you like: "
        "you will be near the head of the line."
    ),
    "came_back": gettext_noop("Welcome back. You are near the head of the line."),
    "ticket": gettext_noop("A ticket was registered. The tracking code stays the same."),
    "ended_answered": gettext_noop("The conversation has ended: answered."),
    "ended_citizen_left": gettext_noop("The conversation has ended: the citizen left."),
    "ended_abandoned": gettext_noop("The place in the line was given up."),
    "ended_became_ticket": gettext_noop("The conversation has ended: it goes on as a ticket."),
    "ended_timed_out": gettext_noop(
        "The conversation has ended after a long silence. "
        "The tracking code and the PIN open it again."
    ),
    "ended_abuse": gettext_noop("The conversation was ended."),
}


def sentence(code: str, params: dict[str, Any]) -> str:
    """The line in the reader's language. Names come in both."""
    language = readers_language()
    words = {
        key: value.get(language) or value.get("fa", "") if isinstance(value, dict) else value
        for key, value in params.items()
    }
    counts = {key: value for key, value in words.items() if isinstance(value, int)}
    words |= {key: in_digits_of(str(count), language) for key, count in counts.items()}
    return gettext(LINES[code]) % words


def sentences(code: str, params: dict[str, Any]) -> dict[str, str]:
    """The line in every language of the wire."""
    said = {}
    for language in ("fa", "en"):
        with translation.override(language):
            said[language] = sentence(code, params)
    return said
