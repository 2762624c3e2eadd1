"""Who talks to whom: the pairing policy, as pure functions.

No database, no clock, no sockets. `consult.operations` feeds it and acts on the answer, so the
policy can be read, tested and benchmarked on its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody at the head of the line for one topic and language."""

    consultation: UUID
    topic: int
    language: str
    priority: int
    arrived_at: datetime
    preferred: int | None = None
    avoid: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Available:
    """A counsellor on duty with a live lease. `topics` maps each topic to its own capacity."""

    counsellor: int
    topics: Mapping[int, int]
    languages: frozenset[str]
    load: float
    capacity: int
    idle_since: datetime


@dataclass(frozen=True, slots=True)
class Pair:
    consultation: UUID
    counsellor: int


def next_pair(heads: Iterable[Waiting], available: Iterable[Available]) -> Pair | None:
    """The next consultation to start and who takes it; None when nobody can be served.

    `heads` holds the first of every topic and language: one that cannot be served now does not
    block the others.
    """
    counsellors = list(available)
    for waiting in sorted(heads, key=_order_of_the_line):
        eligible = [each for each in counsellors if can_take(each, waiting)]
        if eligible:
            chosen = min(eligible, key=lambda each: _order_of_choice(each, waiting))
            return Pair(waiting.consultation, chosen.counsellor)
    return None


def can_take(counsellor: Available, waiting: Waiting) -> bool:
    """Knows the topic, speaks the language, and one more is within the capacity in force."""
    topic_capacity = counsellor.topics.get(waiting.topic)
    return (
        topic_capacity is not None
        and waiting.language in counsellor.languages
        and counsellor.load + 1 <= min(counsellor.capacity, topic_capacity)
        and counsellor.counsellor != waiting.avoid
    )


def _order_of_the_line(waiting: Waiting) -> tuple[int, datetime, UUID]:
    return (waiting.priority, waiting.arrived_at, waiting.consultation)


def _order_of_choice(each: Available, waiting: Waiting) -> tuple[bool, float, datetime, int]:
    """The last counsellor if free, the lowest load ratio, the longest unassigned, the id."""
    return (
        each.counsellor != waiting.preferred,
        each.load / each.capacity,
        each.idle_since,
        each.counsellor,
    )
