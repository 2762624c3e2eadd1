"""An offer: accepted, declined, or not answered in time. Only with automatic acceptance off."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consult import clock, line
from consult.happenings import Happening
from consult.models import Assignment, Consultation
from consult.operations.announcing import announce
from consult.operations.assigning import pair, put_back, set_on, taking
from consult.operations.duty import end_if_drained
from consult.rows import locked

Answer = Assignment.Answer


@transaction.atomic
def accept(*, consultation: Consultation, counsellor: User, epoch: int) -> list[Happening]:
    """The talk begins. Raises `ValidationError` (code `not_held`) when the offer is gone."""
    now = clock.take_turn()
    consultation = locked(consultation.pk)
    _refuse_unless_offered(consultation, counsellor, epoch)
    is_first = consultation.assigned_at is None
    _answer(
        consultation,
        Answer.TAKEN,
        is_first=is_first,
        waited=now - consultation.arrived_at,
    )
    version = consultation.version + 1
    set_on(consultation, {**taking(counsellor.pk, now), "version": version})
    announce(consultation)
    return [Happening(consultation, "joined", {"name": counsellor.first_names})]


@transaction.atomic
def decline(*, consultation: Consultation, counsellor: User, epoch: int) -> list[Happening]:
    """To the next one. Raises `ValidationError` (code `not_held`) when the offer is gone."""
    now = clock.take_turn()
    consultation = locked(consultation.pk)
    _refuse_unless_offered(consultation, counsellor, epoch)
    return pass_on(consultation, Answer.DECLINED, now)


def pass_on(consultation: Consultation, answer: Answer, now: datetime) -> list[Happening]:
    """Whoever had the offer is not asked again in this round; the turn is the caller's."""
    former = consultation.holder_id
    assert former is not None
    _answer(consultation, answer)
    put_back(consultation, now, avoid=[*consultation.avoid, former])
    end_if_drained(former, now)
    return pair(now, waits=[consultation], freed=line.seat_of(former, now))


def _answer(consultation: Consultation, answer: Answer, **known: object) -> None:
    log = Assignment.objects.filter(consultation=consultation, epoch=consultation.epoch)
    log.update(answer=answer, **known)


def _refuse_unless_offered(consultation: Consultation, counsellor: User, epoch: int) -> None:
    offered = consultation.is_offered and consultation.holder_id == counsellor.pk
    if not offered or consultation.epoch != epoch:
        raise ValidationError(_("This offer is over."), code="not_held")
