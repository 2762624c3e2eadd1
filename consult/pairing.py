"""Who talks to whom: the pairing policy, as pure functions.

No database, no clock, no sockets. `consult.operations` feeds it and acts on the answer, so the
policy can be read, tested and benchmarked on its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

EMPTY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody in the line of one topic and language, at or near its head.

    `avoid` names who must not be given this one now; `reserved_for` the only one who may be.
    """

    consultation: UUID
    topic: int
    language: str
    priority: int
    arrived_at: datetime
    preferred: int | None = None
    avoid: frozenset[int] = EMPTY
    reserved_for: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Available:
    """A counsellor on duty with a live lease. `topics` maps each topic to its own capacity.

    `slots` has bit n set where slot n is taken.
    """

    counsellor: int
    topics: Mapping[int, int]
    languages: frozenset[str]
    load: float
    capacity: int
    idle_since: datetime
    slots: int = 0

    @property
    def free_slot(self) -> int | None:
        """The lowest of the slots 1 … 2 × capacity that is not taken; None when all are."""
        free = ~self.slots & ((2 << 2 * self.capacity) - 2)
        return (free & -free).bit_length() - 1 if free else None

    def in_force(self, topic: int) -> int:
        """The smaller of the counsellor's own capacity and the topic's."""
        return min(self.capacity, self.topics[topic])

    def with_one_more(self, at: datetime) -> "Available":
        """The same counsellor after an assignment."""
        slot = self.free_slot or 0
        return replace(self, load=self.load + 1, slots=self.slots | 1 << slot, idle_since=at)


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
    """Knows the topic, speaks the language, is not to be avoided, and has room for one more."""
    return (
        has_room(counsellor, waiting.topic)
        and waiting.language in counsellor.languages
        and counsellor.counsellor not in waiting.avoid
        and waiting.reserved_for in (None, counsellor.counsellor)
    )


def has_room(counsellor: Available, topic: int) -> bool:
    """One more of `topic` is within the capacity in force, and there is a slot for it."""
    return (
        topic in counsellor.topics
        and counsellor.load + 1 <= counsellor.in_force(topic)
        and counsellor.free_slot is not None
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
