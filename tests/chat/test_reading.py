"""Everybody returns at once: each is read their own, in few questions."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from chat.ledger import append
from chat.posts import Post
from chat.reading import Question, Reader, SignedOut, _look, missed, start_reader
from consult.models import Citizen, Consultation, Person
from consult.operations.access import admit
from tests.chat.screens import later
from tests.people import Asking, GoingOnDuty

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = ("یک", "دو", "سه", "چهار", "پنج")


@pytest.fixture
async def reader() -> AsyncIterator[Reader]:
    reader = start_reader()
    yield reader
    await reader.stop()


def say(consultation: Consultation, person: Person, count: int = 3) -> None:
    pk, stream = consultation.pk, f"of-{person.pk}"
    append(
        [
            Post(
                consultation=pk,
                person=person,
                stream=stream,
                n=n,
                client_id=f"{stream}-{n}",
                text=word,
            )
            for n, word in enumerate(WORDS[:count], 1)
        ]
    )


async def read(reader: Reader, person: Person, *talks: Consultation, session: str = "") -> Any:
    return await missed(reader, person, session, {talk.pk: 0 for talk in talks})


async def test_in_one_heap_each_is_read_their_own_and_no_stranger_anything(
    reader: Reader,
    alice: Citizen,
    oscar: User,
    mallory: User,
    asks: Asking,
    on_duty: GoingOnDuty,
) -> None:
    bob = (await later(admit)).citizen
    await later(on_duty, oscar)
    hers = await later(asks, alice)
    his = await later(asks, bob)
    await later(say, hers, alice)

    heard, his_own, both, nothing, stranger = await asyncio.gather(
        read(reader, alice, hers, his),
        read(reader, bob, his),
        read(reader, oscar, hers, his),
        missed(reader, alice, "", {hers.pk: 10_000}),
        read(reader, mallory, hers, his),
    )

    assert set(heard) == {hers.pk}
    assert set(his_own) == {his.pk}
    assert set(both) == {hers.pk, his.pk}
    assert nothing == {hers.pk: []}
    assert stranger == {}
    said = [event.text for event in heard[hers.pk] if event.role == "citizen"]
    assert said[-3:] == ["یک", "دو", "سه"]
    assert [event.seq for event in both[hers.pk]] == list(range(1, len(both[hers.pk]) + 1))


async def test_each_is_read_on_from_their_own_cursor(
    reader: Reader, alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    await later(on_duty, oscar)
    hers = await later(asks, alice)
    await later(say, hers, alice, 5)

    early, late = await asyncio.gather(
        missed(reader, alice, "", {hers.pk: 1}), missed(reader, oscar, "", {hers.pk: 4})
    )

    assert early[hers.pk][0].seq == 2
    assert late[hers.pk][0].seq == 5
    assert early[hers.pk][-1] == late[hers.pk][-1]


async def test_whoever_has_signed_out_is_read_nothing(
    reader: Reader, alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    await later(on_duty, oscar)
    hers = await later(asks, alice)

    with pytest.raises(PermissionDenied):
        await read(reader, oscar, hers, session="signed-out")


async def test_a_heap_costs_as_many_questions_as_one(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    await later(on_duty, oscar)
    hers = await later(asks, alice)
    others = [(await later(admit)).citizen for _each in range(5)]
    talks = {person.pk: await later(asks, person) for person in others}

    def questions(people: list[tuple[Person, UUID]]) -> int:
        answer: Any = None
        asked = [Question(person, "", {pk: 0}, answer) for person, pk in people]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            pages = _look(asked)
        assert all(not isinstance(page, SignedOut) and next(iter(page.values())) for page in pages)
        return len(queries)

    few: list[tuple[Person, UUID]] = [(alice, hers.pk), (oscar, hers.pk)]
    many = few + [(person, talks[person.pk].pk) for person in others]

    assert await later(questions, many) == await later(questions, few)
