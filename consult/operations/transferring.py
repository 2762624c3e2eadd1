"""Handing a conversation over: to whoever knows a topic, or to one colleague."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agency.models import Topic
from consult import clock, line
from consult.happenings import Happening
from consult.models import Consultation
from consult.operations.assigning import pair, put_back, set_on
from consult.operations.duty import end_if_drained
from consult.operations.holding import refuse_unless_held
from consult.queries import colleagues_for
from consult.rows import locked

SUMMARY_LENGTH = 1_000


@dataclass(frozen=True, slots=True)
class Handover:
    """About what, with which word for whoever takes it (masked), and to one person or to all."""

    topic: Topic
    summary: str
    colleague: User | None = None


@transaction.atomic
def transfer(
    *,
    consultation: Consultation,
    handover: Handover,
    counsellor: User,
    epoch: int | None = None,
) -> list[Happening]:
    """Hand over at the original arrival, with a word for whoever takes it.

    To a colleague, it waits for that person, and for everybody who knows the topic once they
    are gone or let the time of an offer pass. Raises `ValidationError` when `counsellor` does not
    hold it any more, or when the colleague cannot take it now.
    """
    now = clock.take_turn()
    consultation = locked(consultation.pk)
    refuse_unless_held(consultation, counsellor, epoch)
    summary = handover.summary[:SUMMARY_LENGTH]
    set_on(consultation, {"topic_id": handover.topic.pk, "summary": summary, "preferred_id": None})
    if handover.colleague is not None:
        _refuse_unless_able(consultation, counsellor, handover.colleague)
    reserved_for = handover.colleague.pk if handover.colleague else None
    put_back(consultation, now, avoid=[counsellor.pk], reserved_for=reserved_for)
    end_if_drained(counsellor.pk, now)
    told = Happening(consultation, "transferred")
    return [told, *pair(now, waits=[consultation], freed=line.seat_of(counsellor.pk, now))]


def _refuse_unless_able(consultation: Consultation, counsellor: User, colleague: User) -> None:
    found = {each.person.pk: each for each in colleagues_for(consultation, counsellor)}
    hindrance = found[colleague.pk].hindrance if colleague.pk in found else _("not on duty")
    if hindrance:
        said = _("%(name)s cannot take it now: %(why)s.")
        raise ValidationError(
            said % {"name": colleague.full_name, "why": hindrance}, code="not_able"
        )
