"""The waiting line as the pairing sees it: the heads of every topic, and who could take them.

Two statements, whatever the number of topics, counsellors and people who wait: they run under the
one lock that every pairing waits for. Each line is looked at by its index, at its head only.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from agency.models import Topic
from consult.load import WEIGHT_SQL
from consult.models import Consultation
from consult.pairing import Available, Waiting, has_room
from trust.statements import Row, Statement, answers

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
LANGUAGES = ("fa", "en", "ar")
Key = tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Somebody at or near the head: what the policy looks at, and what an assignment changes."""

    waiting: Waiting
    case: UUID
    epoch: int
    version: int
    offers: int
    is_first: bool

    @property
    def key(self) -> Key:
        return self.waiting.topic, self.waiting.language

    @property
    def is_restricted(self) -> bool:
        """Somebody is passed over for this one, or it is kept for somebody."""
        return bool(self.waiting.avoid) or self.waiting.reserved_for is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A counsellor who may be given work now, and how citizens know them."""

    available: Available
    names: dict[str, str]

    def could_take(self, key: Key) -> bool:
        topic, language = key
        return has_room(self.available, topic) and language in self.available.languages

    def with_one_more(self, at: datetime) -> "Seat":
        return replace(self, available=self.available.with_one_more(at))


def every_key() -> list[Key]:
    """Every topic in every language."""
    topics = Topic.objects.order_by().values_list("pk", flat=True)
    return [(topic, language) for topic in topics for language in LANGUAGES]


_COLUMNS = (
    "id, topic_id, language, priority, arrived_at, preferred_id, avoid, reserved_for_id, "
    "case_id, epoch, version, assigned_at, offers"
)
_FIRST = f"""SELECT {_COLUMNS} FROM consult_consultation
    WHERE state = 'waiting' AND restricted_until IS NULL AND topic_id = {{topic}}
        AND language = {{language}}
    ORDER BY priority, arrived_at, id LIMIT 1"""
_OF_HEAD = ", ".join(f"head.{name}" for name in _COLUMNS.split(", "))
_RESTRICTED = f"""SELECT {_OF_HEAD} FROM line JOIN consult_consultation head
    ON head.topic_id = line.topic AND head.language = line.language
    WHERE head.state = 'waiting' AND head.restricted_until IS NOT NULL"""


def _probes(keys: Collection[Key]) -> Statement:
    """One look per line, in one statement; each database has one way that its index can follow."""
    if connection.vendor == "postgresql":
        line = "WITH line(topic, language) AS (SELECT * FROM unnest(%s::bigint[], %s::text[]))"
        first = _FIRST.format(topic="line.topic", language="line.language")
        firsts = f"SELECT head.* FROM line CROSS JOIN LATERAL ({first}) head"
        given = [[topic for topic, _spoken in keys], [spoken for _topic, spoken in keys]]
        return f"{line} {firsts} UNION ALL {_RESTRICTED}", given
    written = [(str(int(topic)), f"'{_known(language)}'") for topic, language in keys]
    line = f"WITH line(topic, language) AS (VALUES {', '.join(f'({t}, {s})' for t, s in written)})"
    each = (_FIRST.format(topic=topic, language=spoken) for topic, spoken in written)
    firsts = " UNION ALL ".join(f"SELECT * FROM ({one})" for one in each)
    return f"{line} {firsts} UNION ALL {_RESTRICTED}", []


def _known(language: str) -> str:
    return LANGUAGES[LANGUAGES.index(language)]


def heads(keys: Collection[Key]) -> dict[Key, list[Head]]:
    """The first in line for each topic and language, and whoever is restricted there.

    The restricted (handed over, declined) are few, and none of them blocks the next.
    """
    if not keys:
        return {}
    by_key: dict[Key, list[Head]] = {}
    for head in map(_head, answers(_probes(keys))[0]):
        by_key.setdefault(head.key, []).append(head)
    return by_key


def _head(row: Row) -> Head:
    pk, topic, language, priority, arrived, preferred, avoid, reserved = row[:8]
    case, epoch, version, assigned, offers = row[8:]
    return Head(
        waiting=Waiting(
            consultation=_uuid(pk),
            topic=topic,
            language=language,
            priority=priority,
            arrived_at=_moment(arrived),
            preferred=preferred,
            avoid=frozenset(json.loads(avoid)),
            reserved_for=reserved,
        ),
        case=_uuid(case),
        epoch=epoch,
        version=version,
        offers=offers,
        is_first=assigned is None,
    )


_ROSTER = f"""
    SELECT duty.counsellor_id, duty.capacity, duty.languages, duty.last_assigned_at,
        person.username, person.first_name_fa, person.first_name_en,
        topic.id, topic.capacity, COALESCE(held.load, 0), COALESCE(held.slots, 0)
    FROM consult_duty duty
    JOIN accounts_user person ON person.id = duty.counsellor_id
    JOIN consult_duty_topics chosen ON chosen.duty_id = duty.id
    JOIN agency_topic topic ON topic.id = chosen.topic_id
    LEFT JOIN (
        SELECT holder_id, SUM({WEIGHT_SQL}) AS load, SUM(1 << slot) AS slots
        FROM consult_consultation WHERE {{of}} GROUP BY holder_id
    ) held ON held.holder_id = duty.counsellor_id
    WHERE duty.ended_at IS NULL AND duty.state = 'available' AND duty.lease_until > %s
        AND COALESCE(held.load, 0) + 1 <= duty.capacity
        AND COALESCE(held.load, 0) + 1 <= topic.capacity"""


def roster(now: datetime, *, topics: Collection[int] | None = None) -> dict[int, Seat]:
    """Whoever has room for one more at `now`, by id; of `topics` only."""
    moment = connection.ops.adapt_datetimefield_value(now)
    statement, given = _ROSTER.format(of="holder_id IS NOT NULL"), [moment, moment]
    if topics is not None:
        among, chosen = _one_of(topics)
        statement, given = f"{statement} AND topic.id {among}", [*given, *chosen]
    return seats(answers((statement, given))[0])


def _one_of(numbers: Collection[int]) -> Statement:
    if connection.vendor == "postgresql":
        return "= ANY(%s)", [list(numbers)]
    return f"IN ({', '.join(str(int(each)) for each in numbers)})", []


def seat_of(counsellor: int, now: datetime) -> dict[int, Seat]:
    """The same for one counsellor."""
    return seats(answers(sitting(counsellor, now))[0])


def sitting(counsellor: int, now: datetime) -> Statement:
    """What finds the seat of one counsellor, if they have room for one more at `now`."""
    moment = connection.ops.adapt_datetimefield_value(now)
    statement = _ROSTER.format(of="holder_id = %s") + " AND duty.counsellor_id = %s"
    return statement, [moment, counsellor, moment, counsellor]


def seats(rows: Iterable[Row]) -> dict[int, Seat]:
    """The seats that were found."""
    found: dict[int, Seat] = {}
    for pk, capacity, languages, last, username, fa, en, topic, allowed, load, slots in rows:
        if pk not in found:
            available = Available(
                counsellor=pk,
                topics={},
                languages=_spoken(languages),
                load=float(load),
                capacity=capacity,
                idle_since=_moment(last) if last else NEVER,
                slots=int(slots),
            )
            found[pk] = Seat(
                available=available, names={"fa": fa or username, "en": en or fa or username}
            )
        found[pk].available.topics[topic] = allowed  # type: ignore[index]
    return found


def lean(head: Head, **known: Any) -> Consultation:
    """The consultation as far as it is known; what else is asked of it is fetched then."""
    values = {
        "id": head.waiting.consultation,
        "case_id": head.case,
        "topic_id": head.waiting.topic,
        "language": head.waiting.language,
        "priority": head.waiting.priority,
        "arrived_at": head.waiting.arrived_at,
        **known,
    }
    names = [field.attname for field in Consultation._meta.concrete_fields]
    present = [name for name in names if name in values]
    return Consultation.from_db(connection.alias, present, [values[name] for name in present])


@lru_cache(maxsize=64)
def _spoken(languages: str) -> frozenset[str]:
    return frozenset(json.loads(languages))


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _moment(value: datetime) -> datetime:
    """SQLite gives moments without their zone, which is UTC."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
