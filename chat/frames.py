"""A stored message as the wire carries it."""

from functools import cache
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from accounts.models import User
from catalog.models import CardEdition
from chat.lines import sentences
from chat.models import Message
from chat.posts import Post, Rejected, Stored
from live import groups
from live.hub import News, news
from live.protocol import MessagePosted, MessageRefused, MessageStored
from live.words import both, refusal
from persian.jalali import format_day

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
    """A message of the transcript, as both parties hear it."""
    citation = citation_of(message.edition, message.field)
    return _posted(message, message.consultation_id, message.author, citation)


def news_of(stored: Stored) -> News:
    """What both parties hear of a message that has just been stored.

    Reads the database for a message that cites a card; sockets post none.
    """
    citation = None
    if stored.edition is not None:
        edition = CardEdition.objects.select_related("card").get(pk=stored.edition)
        citation = citation_of(edition, stored.field)
    event = _posted(stored, stored.consultation, stored.author, citation)
    case = groups.case(stored.case)
    holder = stored.holder
    return news(event, (case,) if holder is None else (case, groups.person(holder)))


def _posted(
    message: Message | Stored,
    consultation: UUID,
    author: User | None,
    citation: dict[str, Any] | None,
) -> MessagePosted:
    is_line = message.role == Message.Role.SYSTEM
    return MessagePosted(
        consultation=consultation,
        seq=message.seq,
        at=message.created_at,
        role=message.role,
        name=name_of(message.role, author),
        text="" if is_line else message.text,
        lines=sentences(message.text, message.params) if is_line else None,
        stream=message.stream,
        n=message.n,
        client_id=message.client_id,
        masked=message.masked,
        citation=citation,
    )


def acknowledged(stored: Stored, post: Post) -> MessageStored:
    """The acknowledgement, to whoever posted it."""
    return MessageStored(
        consultation=stored.consultation,
        stream=post.stream,
        n=post.n,
        client_id=post.client_id,
        seq=stored.seq,
        at=stored.created_at,
        text=stored.text,
        masked=stored.masked,
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


def name_of(role: str, author: User | None) -> dict[str, str]:
    """First name for staff, the role for everybody else; in both languages."""
    if author is not None:
        return author.first_names
    return _spoken(SYSTEM if role == Message.Role.SYSTEM else CITIZEN)


@cache
def _spoken(word: str) -> dict[str, str]:
    return both(word)


def citation_of(edition: CardEdition | None, field: str) -> dict[str, Any] | None:
    """The card and the edition that a message cites, if any."""
    if edition is None:
        return None
    card, said = edition.card, edition.snapshot.get("title") or {}
    fa = said.get("fa") or card.title_fa
    return {
        "title": {"fa": fa, "en": said.get("en") or card.title_en or fa},
        "url": {language: card_url(card.slug, language) for language in ("fa", "en")},
        "edition": edition.number,
        "day": {each: format_day(edition.valid_from, each, weekday=False) for each in ("fa", "en")},
        "field": field,
        "field_label": both(FIELDS[field]) if field else None,
    }


def card_url(slug: str, language: str) -> str:
    with translation.override(language):
        return reverse("catalog:show-card", args=[slug])


def field_label(field: str) -> str:
    return gettext(FIELDS[field]) if field else ""
