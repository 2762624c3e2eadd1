"""Who knocks: the people behind a heap of handshakes, in as few questions as one would take."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from accounts.identity import people_behind, roles_of, session_key_in
from accounts.models import User
from chat.batches import Batches
from consult.cookies import citizen_in
from consult.models import Access, Citizen
from live.consumer import Scope, UnavailableError


class Guest(NamedTuple):
    """Somebody who may come in, and what is open to them."""

    person: User | Citizen
    session: str = ""
    roles: frozenset[str] = frozenset()
    cases: tuple[UUID, ...] = ()


class Stranger:
    """Nobody whom we know."""


class Knock(NamedTuple):
    """A handshake that waits for its answer."""

    scope: Scope
    staff: bool
    answer: "asyncio.Future[Guest | Stranger]"


Door = Batches[Knock, Guest | Stranger]


def start_door() -> Door:
    """A door with a thread of its own, on the running loop."""
    return Batches("door", _look, _answer)


def _look(knocks: Sequence[Knock]) -> list[Guest | Stranger]:
    keys = {i: session_key_in(each.scope) for i, each in enumerate(knocks) if each.staff}
    people = people_behind(filter(None, keys.values()))
    roles = roles_of(person.pk for person in people.values())
    return [
        _colleague(keys[i], people, roles) if each.staff else _citizen(each.scope)
        for i, each in enumerate(knocks)
    ]


def _colleague(
    key: str, people: dict[str, User], roles: dict[int, frozenset[str]]
) -> Guest | Stranger:
    person = people.get(key)
    if person is None or person.pk not in roles:
        return Stranger()
    return Guest(person, session=key, roles=roles[person.pk])


def _citizen(scope: Scope) -> Guest | Stranger:
    citizen = citizen_in(scope)
    if citizen is None:
        return Stranger()
    mine = Access.objects.live().filter(citizen=citizen)
    return Guest(citizen, cases=tuple(mine.values_list("case_id", flat=True)))


def _answer(knocks: Sequence[Knock], guests: Sequence[Guest | Stranger | None]) -> None:
    for knock, guest in zip(knocks, guests, strict=True):
        if knock.answer.done():
            continue
        if guest is None:
            knock.answer.set_exception(UnavailableError())
        else:
            knock.answer.set_result(guest)
