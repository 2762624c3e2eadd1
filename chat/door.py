"""Who knocks: the people behind a heap of handshakes, in as few questions as one would take."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from accounts.identity import people_behind, roles_of, session_key_in
from accounts.models import User
from chat.batches import Batches
from consult.cookies import token_in
from consult.models import Citizen
from consult.operations.access import open_cases, recognise_all
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
    """Everybody's answer: sessions, people and roles; tokens, citizens and their cases."""
    said = [session_key_in(each.scope) if each.staff else token_in(each.scope) for each in knocks]
    staff = _colleagues({word for word, each in zip(said, knocks, strict=True) if each.staff})
    citizens = _citizens({word for word, each in zip(said, knocks, strict=True) if not each.staff})
    return [
        (staff if each.staff else citizens).get(word) or Stranger()
        for word, each in zip(said, knocks, strict=True)
    ]


def _colleagues(keys: set[str]) -> dict[str, Guest]:
    people = people_behind(keys - {""})
    roles = roles_of(person.pk for person in people.values())
    return {
        key: Guest(person, session=key, roles=roles[person.pk])
        for key, person in people.items()
        if person.pk in roles
    }


def _citizens(tokens: set[str]) -> dict[str, Guest]:
    citizens = recognise_all(tokens - {""})
    cases = open_cases(citizen.pk for citizen in citizens.values())
    return {
        token: Guest(citizen, cases=cases.get(citizen.pk, ()))
        for token, citizen in citizens.items()
    }


def _answer(knocks: Sequence[Knock], guests: Sequence[Guest | Stranger | None]) -> None:
    for knock, guest in zip(knocks, guests, strict=True):
        if knock.answer.done():
            continue
        if guest is None:
            knock.answer.set_exception(UnavailableError())
        else:
            knock.answer.set_result(guest)
