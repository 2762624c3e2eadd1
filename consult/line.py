"""The waiting line as the pairing sees it: the heads of every topic, and who could take them."""

from collections.abc import Iterable
from datetime import UTC, datetime

from consult.load import loads
from consult.models import Consultation, Duty
from consult.pairing import Available, Waiting

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
Key = tuple[int, str]


def roster() -> dict[int, Available]:
    """Every counsellor who may be given work now, by id."""
    load = loads()
    duties = Duty.objects.pairable().prefetch_related("topics")
    return {
        duty.counsellor_id: Available(
            counsellor=duty.counsellor_id,
            topics={topic.pk: topic.capacity for topic in duty.topics.all()},
            languages=frozenset(duty.languages),
            load=load.get(duty.counsellor_id, 0.0),
            capacity=duty.capacity,
            idle_since=duty.last_assigned_at or NEVER,
        )
        for duty in duties
    }


def keys(counsellors: Iterable[Available]) -> set[Key]:
    """The topics and languages that somebody with room can take."""
    return {
        (topic, language)
        for each in counsellors
        for topic, capacity in each.topics.items()
        if each.load + 1 <= min(each.capacity, capacity)
        for language in each.languages
    }


def heads(key: Key) -> list[Waiting]:
    """The first in line for a topic and language: an indexed probe.

    Who must not go back to the counsellor they came from (a transfer) does not block the next.
    """
    topic, language = key
    line = Consultation.objects.waiting().filter(topic=topic, language=language)
    first = _waiting(line.first())
    if first and first[0].avoid is not None:
        first += _waiting(line.exclude(avoid=first[0].avoid).first())
    return first


def _waiting(consultation: Consultation | None) -> list[Waiting]:
    if consultation is None:
        return []
    return [
        Waiting(
            consultation=consultation.pk,
            topic=consultation.topic_id,
            language=consultation.language,
            priority=consultation.priority,
            arrived_at=consultation.arrived_at,
            preferred=consultation.preferred_id,
            avoid=consultation.avoid_id,
        )
    ]
