"""What happens in a conversation. Each calls the heart below and tells both sides about it.

One transaction holds the event, the pairing it makes possible and the lines that say so.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agency.models import Topic
from chat.ledger import append, tell
from chat.posts import Post, Rejected, Result, Stored
from consult.models import Case, Citizen, Consultation
from consult.operations import asking, closing, duty, elapsing
from consult.operations.assigning import pair_waiting
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
    tell(pair_waiting())
    return Question(case, consultation)


def post(message: Post) -> Result:
    """Say something through a form: a batch of one. A parked conversation wakes up."""
    result = append([message])[0]
    if isinstance(result, Stored) and result.parked:
        wake_if_parked(result.consultation)
    return result


@transaction.atomic
def wake_if_parked(consultation: uuid.UUID) -> None:
    """The citizen spoke in a parked conversation: back into the line, near its head."""
    for parked in Consultation.objects.filter(pk=consultation, state=Consultation.State.PARKED):
        tell(elapsing.bring_back(consultation=parked))


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
def hand_over(*, consultation: Consultation, topic: Topic, summary: str, counsellor: User) -> None:
    """To another topic, with a masked word for the colleague."""
    tell(
        closing.transfer(
            consultation=consultation, topic=topic, summary=mask(summary), counsellor=counsellor
        )
    )
