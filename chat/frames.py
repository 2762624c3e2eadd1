"""A stored message as the wire carries it."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from chat.lines import sentences
from chat.models import Message
from chat.posts import Post, Rejected
from live.protocol import MessagePosted, MessageRefused, MessageStored
from live.words import both, refusal

CITIZEN = gettext_noop("Citizen")
SYSTEM = gettext_noop("System")

FIELDS = {
    "": gettext_noop("the whole card"),
    "documents": gettext_noop("documents"),
    "fee": gettext_noop("fee"),
    "duration": gettext_noop("duration"),
    "steps": gettext_noop("steps"),
    "laws": gettext_noop("law"),
}


def posted(message: Message) -> MessagePosted:
    """The event that both parties hear."""
    is_line = message.role == Message.Role.SYSTEM
    return MessagePosted(
        consultation=message.consultation_id,
        seq=message.seq,
        at=message.created_at,
        role=message.role,
        name=name_of(message),
        text="" if is_line else message.text,
        lines=sentences(message.text, message.params) if is_line else None,
        stream=message.stream,
        n=message.n,
        client_id=message.client_id,
        masked=message.masked,
        citation=citation_of(message),
    )


def stored(message: Message, post: Post) -> MessageStored:
    """The acknowledgement, to whoever posted it."""
    return MessageStored(
        consultation=message.consultation_id,
        stream=post.stream,
        n=post.n,
        client_id=post.client_id,
        seq=message.seq,
        at=message.created_at,
        text=message.text,
        masked=message.masked,
    )


def refused(rejected: Rejected, post: Post) -> MessageRefused:
    return MessageRefused(
        consultation=post.consultation,
        stream=post.stream,
        n=post.n,
        client_id=post.client_id,
        code=rejected.code,
        detail=refusal(rejected.code),
        retry_ms=rejected.retry_ms,
        expect=rejected.expect,
    )


def name_of(message: Message) -> dict[str, str]:
    """First name for staff, the role for everybody else; in both languages."""
    if message.author is not None:
        return message.author.first_names
    return both(SYSTEM if message.role == Message.Role.SYSTEM else CITIZEN)


def citation_of(message: Message) -> dict[str, Any] | None:
    """The card and the edition that a message cites, if any."""
    if message.edition is None:
        return None
    card = message.edition.card
    return {
        "title": {"fa": card.title_fa, "en": card.title_en or card.title_fa},
        "url": {language: card_url(card.slug, language) for language in ("fa", "en")},
        "edition": message.edition.number,
        "field": message.field,
        "field_label": both(FIELDS[message.field]) if message.field else None,
    }


def card_url(slug: str, language: str) -> str:
    with translation.override(language):
        return reverse("catalog:show-card", args=[slug])


def field_label(field: str) -> str:
    return gettext(FIELDS[field]) if field else ""
