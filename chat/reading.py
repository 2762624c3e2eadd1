"""What people have missed of their conversations, as far as they may read them; asked in heaps.

After a fault everybody returns at once: rights and messages are read for all of them together.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from accounts.identity import live_sessions
from chat.batches import Batches
from chat.frames import posted
from chat.models import Message
from consult.models import Citizen, Consultation, Person
from consult.operations.access import open_cases
from live.consumer import UnavailableError
from live.protocol import MessagePosted

PAGE = 200
TOGETHER = 50  # Conversations whose messages one question asks for.

Pages = dict[UUID, list[MessagePosted]]
Cursor = tuple[UUID, int]


class Question(NamedTuple):
    """Somebody returns and says how far they have read."""

    person: Person
    session: str
    cursors: Mapping[UUID, int]
    answer: "asyncio.Future[Pages]"


class SignedOut:
    """Nobody to whom anything is read."""


Reader = Batches[Question, Pages | SignedOut]


def start_reader() -> Reader:
    """A reader with a thread of its own, on the running loop."""
    return Batches("reader", _look, _answer, batch=100)


async def missed(
    reader: Reader, person: Person, session: str, cursors: Mapping[UUID, int]
) -> Pages:
    """What follows each cursor, a page at most; conversations not open to them are left out.

    Raises `PermissionDenied` for whoever has signed out, `UnavailableError` when nobody can say.
    """
    question = Question(person, session, cursors, asyncio.get_running_loop().create_future())
    if not reader.put(question):
        raise UnavailableError
    return await question.answer


def _look(questions: Sequence[Question]) -> list[Pages | SignedOut]:
    signed_in = live_sessions({each.session for each in questions} - {""})
    open_to = _open_to(questions)
    behind = {
        (pk, each.cursors[pk])
        for each, ends in zip(questions, open_to, strict=True)
        for pk, last in ends.items()
        if last > each.cursors[pk]
    }
    pages = _pages(sorted(behind))
    return [
        {pk: pages.get((pk, each.cursors[pk]), []) for pk in ends}
        if not each.session or each.session in signed_in
        else SignedOut()
        for each, ends in zip(questions, open_to, strict=True)
    ]


def _open_to(questions: Sequence[Question]) -> list[dict[UUID, int]]:
    """Of the conversations asked for, those that each may read, and where they end."""
    asked = Consultation.objects.filter(pk__in={pk for each in questions for pk in each.cursors})
    colleagues, citizens = _by_part(questions)
    held: dict[int | None, dict[UUID, int]] = defaultdict(dict)
    if colleagues:
        talks = asked.spoken_by_one_of(colleagues)
        rows = talks.values_list("holder_id", "last_holder_id", "pk", "last_seq")
        for holder, last_holder, pk, last in rows:
            held[holder or last_holder][pk] = last
    cases = open_cases(citizens) if citizens else {}
    talks_of: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    if cases:
        for case, pk, last in asked.values_list("case_id", "pk", "last_seq"):
            talks_of[case][pk] = last

    def open_to(each: Question) -> dict[UUID, int]:
        if not isinstance(each.person, Citizen):
            found = held[each.person.pk]
        else:
            found = {}
            for case in cases.get(each.person.pk, ()):
                found |= talks_of[case]
        return {pk: last for pk, last in found.items() if pk in each.cursors}

    return [open_to(each) for each in questions]


def _by_part(questions: Sequence[Question]) -> tuple[set[int], set[int]]:
    """Who of them are counsellors, and who citizens."""
    colleagues: set[int] = set()
    citizens: set[int] = set()
    for each in questions:
        (citizens if isinstance(each.person, Citizen) else colleagues).add(each.person.pk)
    return colleagues, citizens


def _pages(cursors: Sequence[Cursor]) -> dict[Cursor, list[MessagePosted]]:
    """The messages that follow each cursor."""
    found: dict[Cursor, list[MessagePosted]] = {cursor: [] for cursor in cursors}
    for begin in range(0, len(cursors), TOGETHER):
        some = cursors[begin : begin + TOGETHER]
        following = Q()
        for pk, after in some:
            following |= Q(consultation=pk, seq__gt=after, seq__lte=after + PAGE)
        heard: dict[UUID, list[MessagePosted]] = defaultdict(list)
        for message in Message.objects.filter(following).in_order():
            heard[message.consultation_id].append(posted(message))
        for pk, after in some:
            found[pk, after] += [each for each in heard[pk] if after < each.seq <= after + PAGE]
    return found


def _answer(questions: Sequence[Question], answers: Sequence[Pages | SignedOut | None]) -> None:
    for question, pages in zip(questions, answers, strict=True):
        if question.answer.done():
            continue
        if pages is None:
            question.answer.set_exception(UnavailableError())
        elif isinstance(pages, SignedOut):
            question.answer.set_exception(PermissionDenied())
        else:
            question.answer.set_result(pages)
