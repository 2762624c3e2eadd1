"""Writing the next edition of a card. Of two at once the second is told, and loses nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Role, User
from agency.models import Skill, Unit
from catalog.form.content import plain, read
from catalog.form.rules import Problem
from catalog.models import CardDraft, ServiceCard
from catalog.operations import columns_of, working_copy
from editorial.queries import problems_of


class MovedError(Exception):
    """Somebody saved this draft after the one who saves now had opened it."""

    def __init__(self, draft: CardDraft) -> None:
        super().__init__(draft.version)
        self.draft = draft


class NoDraftError(Exception):
    """Somebody has published it, or thrown it away, since it was opened."""


class IncompleteError(Exception):
    """The form does not yet say what a published card must."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__(len(found))
        self.found = found


@dataclass(frozen=True, slots=True)
class NewCard:
    """What a card is known by from the first day."""

    slug: str
    code: str
    unit: Unit
    skill: Skill


@dataclass(frozen=True, slots=True)
class Written:
    """What an editor has written: the form, what is new in it, and when it shall apply."""

    content: dict[str, Any]
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def begin_card(*, editor: User, new: NewCard, written: Written) -> CardDraft:
    """A new card, known to its editors only."""
    _is_editor_of(editor, new.unit)
    said = columns_of(plain(read(written.content)))
    card = ServiceCard.objects.create(
        slug=new.slug, code=new.code, unit=new.unit, skill=new.skill, **said
    )
    return save_draft(editor=editor, card=card, written=written, began_from=0)


@transaction.atomic
def save_draft(*, editor: User, card: ServiceCard, written: Written, began_from: int) -> CardDraft:
    """Keep what the editor has written. `began_from` is the version they opened; 0 for none.

    Raises `MovedError` if somebody has saved since; nothing is changed then. What was in review is
    a draft again, for nobody has seen it like this.
    """
    _is_editor_of(editor, card.unit)
    kept = plain(read(written.content))
    card = ServiceCard.objects.select_for_update().get(pk=card.pk)
    draft = CardDraft.objects.filter(card=card).first()
    if draft is None:
        draft = CardDraft(card=card, version=0)
    elif draft.version != began_from:
        raise MovedError(draft)
    draft.content, draft.note = kept, written.note
    draft.valid_from, draft.valid_to = written.valid_from, written.valid_to
    draft.version += 1
    draft.state, draft.author, draft.saved_at = CardDraft.State.WRITING, editor, timezone.now()
    draft.save()
    draft.writers.add(editor)
    return draft


def content_to_begin_with(card: ServiceCard) -> dict[str, Any]:
    """What the next edition starts from: the draft, else what is in force; every field of it."""
    return plain(read(working_copy(card)))


@transaction.atomic
def submit(*, editor: User, card: ServiceCard, seen: int) -> CardDraft:
    """Hand the draft over for review; `IncompleteError` says at the fields what is missing."""
    draft = locked(card, seen)
    _is_editor_of(editor, card.unit)
    if found := problems_of(card, draft):
        raise IncompleteError(found)
    draft.state, draft.returned_because = CardDraft.State.IN_REVIEW, ""
    draft.save(update_fields=["state", "returned_because"])
    return draft


@transaction.atomic
def send_back(*, editor: User, card: ServiceCard, seen: int, because: str) -> CardDraft:
    """Not yet: the writers read why."""
    draft = locked(card, seen)
    _is_editor_of(editor, card.unit)
    draft.state, draft.returned_because = CardDraft.State.WRITING, because
    draft.save(update_fields=["state", "returned_because"])
    return draft


@transaction.atomic
def discard(*, editor: User, card: ServiceCard, seen: int) -> None:
    """Throw the draft away; what is published stays as it is."""
    _is_editor_of(editor, card.unit)
    locked(card, seen).delete()


def locked(card: ServiceCard, seen: int) -> CardDraft:
    """The draft as the editor saw it; `MovedError` if it is another by now, `NoDraftError`."""
    draft = CardDraft.objects.select_for_update().filter(card=card).first()
    if draft is None:
        raise NoDraftError
    if draft.version != seen:
        raise MovedError(draft)
    return draft


def _is_editor_of(person: User, unit: Unit) -> None:
    if not person.units_as(Role.EDITOR).filter(pk=unit.pk).exists():
        raise PermissionDenied
