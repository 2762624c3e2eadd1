"""How a consultation ends, moves on, and what is said afterwards."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agency.models import Topic
from catalog.models import ServiceCard
from consult.happenings import Happening
from consult.models import Case, Consultation
from consult.operations.announcing import announce, announce_line
from consult.operations.assigning import pair_waiting, put_back
from consult.operations.duty import end_if_drained
from consult.timers import timer
from trust import locks

Reason = Consultation.CloseReason


@transaction.atomic
def close(
    *, consultation: Consultation, reason: Reason, epoch: int | None = None
) -> list[Happening]:
    """End it, whoever ends it; the freed seat is filled at once. Ending twice does no harm.

    With `epoch`, only if the holding is still the one the caller knew (a counsellor who comes
    back late is refused with `ValidationError`).
    """
    locks.take(locks.PAIRING)
    consultation = _locked(consultation)
    if consultation.is_closed:
        return []
    if epoch is not None and (epoch != consultation.epoch or not consultation.is_held):
        raise ValidationError(_("This conversation is with a colleague now."), code="not_held")
    holder, now = consultation.holder, timezone.now()
    was_waiting = consultation.state == Consultation.State.WAITING
    consultation.state = Consultation.State.CLOSED
    consultation.holder = consultation.slot = consultation.hold_until = None
    consultation.closed_at, consultation.close_reason = now, reason
    consultation.wrap_up_due_at = now + timer("wrap_up") if holder else None
    consultation.wrapped_up_at = None if holder else now
    consultation.version += 1
    consultation.save()
    announce(consultation, consultation.last_holder_id)
    if was_waiting:
        announce_line()
    ended = [Happening(consultation, f"ended_{reason}")]
    if holder is None:
        return ended
    end_if_drained(holder)
    return ended + pair_waiting()


@transaction.atomic
def transfer(
    *, consultation: Consultation, topic: Topic, summary: str, counsellor: User
) -> list[Happening]:
    """Hand over to whoever knows `topic`, at the original arrival, with a word for them.

    Raises `ValidationError` when `counsellor` does not hold it any more.
    """
    locks.take(locks.PAIRING)
    consultation = _locked(consultation)
    _refuse_unless_held(consultation, counsellor)
    consultation.topic, consultation.summary = topic, summary[:1000]
    consultation.avoid, consultation.preferred = counsellor, None
    happened = [put_back(consultation, "transferred")]
    end_if_drained(counsellor)
    return happened + pair_waiting()


@transaction.atomic
def link_card(*, consultation: Consultation, card: ServiceCard, counsellor: User) -> None:
    """Say which service this is about; the case says the same.

    Raises `ValidationError` (code `not_held`) when `counsellor` does not hold it any more.
    """
    _refuse_unless_held(_locked(consultation), counsellor)
    Case.objects.filter(pk=consultation.case_id).update(card=card)
    _change(consultation, card=card)


@transaction.atomic
def wrap_up(
    *, consultation: Consultation, outcome: str, card_answered: bool | None, failed_field: str
) -> None:
    """What the counsellor notes after the end: did the card answer it, and if not, where."""
    said = _locked(consultation).outcome
    _change(
        consultation,
        card_answered=card_answered,
        failed_field=failed_field,
        outcome=said or outcome,  # The citizen's word stands.
        wrapped_up_at=timezone.now(),
        wrap_up_suggested=False,
    )


def suggested_outcome(consultation: Consultation) -> str:
    """The citizen's own word where there is one; else what the reason suggests."""
    answered = consultation.close_reason == Reason.ANSWERED
    usual = Consultation.Outcome.SOLVED if answered else Consultation.Outcome.UNKNOWN
    return consultation.outcome or usual


def wrap_up_as_suggested(consultation: Consultation) -> list[Happening]:
    """Nobody wrote the note in time: the suggestion stands, marked as such."""
    _change(
        consultation,
        outcome=suggested_outcome(consultation),
        wrapped_up_at=timezone.now(),
        wrap_up_suggested=True,
    )
    return []


@transaction.atomic
def give_feedback(
    *, consultation: Consultation, outcome: str, rating: int | None, comment: str
) -> None:
    """What the citizen says of it; `comment` is masked already."""
    _change(
        consultation,
        outcome=outcome or consultation.outcome,
        rating=rating,
        comment=comment,
        feedback_at=timezone.now(),
    )


def _refuse_unless_held(consultation: Consultation, counsellor: User) -> None:
    if consultation.holder_id != counsellor.pk:
        raise ValidationError(_("This conversation is not with you any more."), code="not_held")


def _change(consultation: Consultation, **values: Any) -> None:
    """Set these columns and no other: a message may be stored at the same moment."""
    fresh = _locked(consultation)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save(update_fields=[*values, "version"])
    announce(fresh, fresh.last_holder_id)


def _locked(consultation: Consultation) -> Consultation:
    return (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("holder", "case")
        .get(pk=consultation.pk)
    )
