"""What happens in a conversation. Each calls the heart below and tells both sides about it.

One transaction holds the event, the pairing it makes possible and the lines that say so.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agency.models import Topic
from catalog.models import ServiceCard
from chat.ledger import append, tell
from chat.posts import Post, Rejected, Result, Stored
from consult import clock
from consult.models import Case, Citizen, Consultation
from consult.operations import asking, closing, duty, holding, offering, parking, transferring
from consult.operations.assigning import pair
from consult.operations.transferring import Handover
from live.words import REFUSALS
from persian.masking import mask

QUESTION_STREAM = "question"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that has just been put: its case, its consultation."""

    case: Case
    consultation: Consultation


@transaction.atomic
def ask(*, asked: asking.Asked, citizen: Citizen) -> Question:
    """A case, a place in the line, the question as the first message; then pair.

    The same form sent twice is the same question. Raises `ValidationError` for a text that cannot
    be a message.
    """
    before = asking.case_asked_before(asked=asked, citizen=citizen)
    if before is not None and (consultation := before.consultations.first()):
        return Question(before, consultation)
    case = asking.open_case(asked=asked, citizen=citizen)
    consultation = asking.request_consultation(case=case, asked=asked, citizen=citizen)
    first = Post(
        consultation=consultation.pk,
        person=citizen,
        stream=QUESTION_STREAM,
        n=1,
        client_id=str(uuid.uuid4()),
        text=asked.text,
    )
    stored = append([first])[0]
    if isinstance(stored, Rejected):
        raise ValidationError(_(REFUSALS[stored.code]), code=stored.code)
    tell(pair(clock.take_turn(), waits=[consultation]))
    return Question(case, consultation)


def post(message: Post) -> Result:
    """Say something through a form: a batch of one. A parked conversation wakes up."""
    result = append([message])[0]
    if isinstance(result, Stored) and result.parked:
        wake_if_parked(result.consultation)
    return result


@transaction.atomic
def cite(*, message: Post, card: ServiceCard, counsellor: User) -> Result:
    """Say what a card says. Where no card is linked yet, this is the one it is about."""
    result = append([message])[0]
    if isinstance(result, Stored):
        unlinked = Consultation.objects.filter(pk=message.consultation, card=None)
        for consultation in unlinked:
            holding.link_card(consultation=consultation, card=card, counsellor=counsellor)
    return result


@transaction.atomic
def wake_if_parked(consultation: uuid.UUID) -> None:
    """The citizen spoke in a parked conversation: back into the line, near its head."""
    for parked in Consultation.objects.filter(pk=consultation, state=Consultation.State.PARKED):
        tell(parking.bring_back(consultation=parked))


@transaction.atomic
def start_duty(
    *, counsellor: User, topics: Iterable[Topic], languages: Iterable[str], capacity: int
) -> None:
    tell(
        duty.go_on_duty(
            counsellor=counsellor, topics=topics, languages=languages, capacity=capacity
        )
    )


@transaction.atomic
def come_back(*, counsellor: User) -> None:
    tell(duty.come_back(counsellor=counsellor))


@transaction.atomic
def leave_duty(*, counsellor: User) -> None:
    tell(duty.go_off_duty(counsellor=counsellor))


@transaction.atomic
def end(
    *, consultation: Consultation, reason: Consultation.CloseReason, epoch: int | None = None
) -> None:
    """End the conversation; whoever ends it, both sides read why."""
    tell(closing.close(consultation=consultation, reason=reason, epoch=epoch))


@transaction.atomic
def hand_over(
    *,
    consultation: Consultation,
    handover: Handover,
    counsellor: User,
    epoch: int | None = None,
) -> None:
    """To another topic or to one colleague, with a masked word for whoever takes it."""
    covered = replace(handover, summary=mask(handover.summary))
    tell(
        transferring.transfer(
            consultation=consultation, handover=covered, counsellor=counsellor, epoch=epoch
        )
    )


@transaction.atomic
def accept(*, consultation: Consultation, counsellor: User, epoch: int) -> None:
    """Take what is offered; the citizen reads who has joined."""
    tell(offering.accept(consultation=consultation, counsellor=counsellor, epoch=epoch))


@transaction.atomic
def decline(*, consultation: Consultation, counsellor: User, epoch: int) -> None:
    """Leave what is offered to the next."""
    tell(offering.decline(consultation=consultation, counsellor=counsellor, epoch=epoch))


@transaction.atomic
def hold(
    *, consultation: Consultation, counsellor: User, epoch: int, reason: str, minutes: int
) -> None:
    """Ask the citizen for a few minutes; both sides read why."""
    tell(
        holding.hold(
            consultation=consultation,
            counsellor=counsellor,
            epoch=epoch,
            reason=reason,
            minutes=minutes,
        )
    )


@transaction.atomic
def resume(*, consultation: Consultation, counsellor: User, epoch: int) -> None:
    """Back before the time that was asked for."""
    tell(holding.resume(consultation=consultation, counsellor=counsellor, epoch=epoch))
