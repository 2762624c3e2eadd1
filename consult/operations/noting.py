"""What is said of a consultation after its end: by the counsellor, by the citizen, by the clock."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consult import clock
from consult.models import Consultation
from consult.operations.announcing import announce
from consult.operations.assigning import set_on
from consult.rows import locked
from consult.timers import timer

Reason = Consultation.CloseReason


@transaction.atomic
def wrap_up(
    *, consultation: Consultation, outcome: str, card_answered: bool | None, failed_field: str
) -> None:
    """What the counsellor notes after the end: did the card answer it, and if not, where.

    Where there was no card, `card_answered=False` says that one was wanted.
    """
    fresh = locked(consultation.pk)
    card = fresh.card
    edition = card.edition_in_force() if card and card_answered is not None else None
    _note(
        consultation,
        card_answered=card_answered if card or card_answered is False else None,
        failed_field=failed_field if card_answered is False else "",
        card_edition_id=edition.pk if edition else None,
        outcome=fresh.outcome or outcome,  # The citizen's word stands.
        wrapped_up_at=clock.now(),
        wrap_up_suggested=False,
    )


@transaction.atomic
def extend_wrap_up(*, consultation: Consultation, counsellor: User) -> None:
    """Two minutes more, once. Raises `ValidationError` where there is nothing to extend."""
    fresh = locked(consultation.pk)
    due = fresh.wrap_up_due_at
    mine = fresh.last_holder_id == counsellor.pk and fresh.wrapped_up_at is None
    if due is None or not mine or fresh.wrap_up_extended:
        raise ValidationError(_("There is no more time to add here."), code="extended")
    _note(consultation, wrap_up_due_at=due + timer("wrap_up_more"), wrap_up_extended=True)


def suggested_outcome(consultation: Consultation) -> str:
    """The citizen's own word where there is one; else what the reason suggests."""
    answered = consultation.close_reason == Reason.ANSWERED
    usual = Consultation.Outcome.SOLVED if answered else Consultation.Outcome.UNKNOWN
    return consultation.outcome or usual


def wrap_up_as_suggested(consultation: Consultation) -> None:
    """Nobody wrote the note in time: the suggestion stands, marked as such."""
    _note(
        consultation,
        outcome=suggested_outcome(consultation),
        wrapped_up_at=clock.now(),
        wrap_up_suggested=True,
    )


@transaction.atomic
def give_feedback(
    *, consultation: Consultation, outcome: str, rating: int | None, comment: str
) -> None:
    """What the citizen says of it; `comment` is masked already."""
    _note(
        consultation,
        outcome=outcome or consultation.outcome,
        rating=rating,
        comment=comment,
        feedback_at=clock.now(),
    )


def _note(consultation: Consultation, **values: object) -> None:
    """Set these columns and no other: a message may be stored at the same moment."""
    fresh = locked(consultation.pk)
    set_on(fresh, {**values, "version": fresh.version + 1})
    announce(fresh, fresh.last_holder_id)
