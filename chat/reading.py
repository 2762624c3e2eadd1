"""What somebody has missed of their conversations, as far as they may read them."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied

from accounts.identity import live_sessions
from chat.frames import posted
from chat.models import Message
from consult.models import Consultation, Person
from live.protocol import MessagePosted

PAGE = 200


def missed(
    person: Person, session: str, cursors: Mapping[UUID, int]
) -> dict[UUID, list[MessagePosted]]:
    """What follows each cursor, a page at most; conversations not open to them are left out.

    Raises `PermissionDenied` for whoever has signed out.
    """
    if session and not live_sessions([session]):
        raise PermissionDenied
    visible = Consultation.objects.spoken_by(person).filter(pk__in=list(cursors)).distinct()
    return {
        pk: _page(pk, cursors[pk]) if last > cursors[pk] else []
        for pk, last in visible.values_list("pk", "last_seq")
    }


def _page(consultation: UUID, after: int) -> list[MessagePosted]:
    messages = Message.objects.filter(consultation=consultation, seq__gt=after).in_order()
    return [posted(message) for message in messages[:PAGE]]
