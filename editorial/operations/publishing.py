"""Letting a card out, by a second pair of eyes; taking it back; saying that it is still right."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalog import operations
from catalog.models import CardDraft, CardEdition, ServiceCard
from editorial.operations.drafting import IncompleteError, locked
from editorial.operations.settling import settle_answered
from editorial.queries import problems_of


class OwnWorkError(Exception):
    """Nobody publishes what they have written."""


class NotInReviewError(Exception):
    """The writers have not handed it over."""


@transaction.atomic
def approve(*, editor: User, card: ServiceCard, seen: int) -> CardEdition:
    """The draft becomes the next edition, as the approver saw it; the draft is gone.

    A retired card stays retired: that is taken back by `bring_back` alone. The open questions of
    the fields in which it differs are answered by it.

    Raises `PermissionDenied` without the right to publish for this unit, `OwnWorkError` for a
    writer of it, `NotInReviewError`, `IncompleteError`, `MovedError` if it was saved since, and
    `NoDraftError` if it is published or gone.
    """
    draft = locked(card, seen)
    if not editor.publishes_for(card.unit):
        raise PermissionDenied
    if draft.writers.filter(pk=editor.pk).exists():
        raise OwnWorkError
    if draft.state != CardDraft.State.IN_REVIEW:
        raise NotInReviewError
    if found := problems_of(card, draft):
        raise IncompleteError(found)
    former = card.edition_in_force()
    imprint = operations.Imprint(draft.note, draft.valid_from, draft.valid_to, draft.author, editor)
    edition = operations.issue(card=card, content=draft.content, imprint=imprint)
    draft.delete()
    if former:
        settle_answered(edition=edition, before=former.snapshot, editor=editor)
    return edition


@transaction.atomic
def retire(*, editor: User, card: ServiceCard) -> None:
    """The public sees it no longer; its editions stay for the answers that cite them."""
    _may_publish(editor, card)
    operations.retire(card=card)


@transaction.atomic
def bring_back(*, editor: User, card: ServiceCard) -> None:
    """A retired card is public again, if an edition of it applies."""
    _may_publish(editor, card)
    operations.repeat_what_is_in_force(card=card)


@transaction.atomic
def confirm(*, editor: User, card: ServiceCard) -> None:
    """Somebody looked, and it is still right: not stale for another year."""
    _may_publish(editor, card)
    ServiceCard.objects.filter(pk=card.pk).update(checked_on=timezone.localdate(), sample=False)


def _may_publish(editor: User, card: ServiceCard) -> None:
    if not editor.publishes_for(card.unit):
        raise PermissionDenied
