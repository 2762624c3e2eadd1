"""Several processes at once: threads with connections of their own, on the real database."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier, Event
from time import sleep
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from accounts.models import Role, User
from agency.models import Skill, Topic, Unit
from chat.ledger import append
from chat.operations import ask, end, start_duty
from chat.posts import Post, Stored
from consult.models import Assignment, Case, Citizen, Consultation
from consult.operations.access import admit
from consult.operations.asking import Asked
from consult.operations.assigning import pair_waiting
from desk.models import Ticket
from desk.operations import become_ticket, claim, draft_from, file_question, open_ticket
from tests.clock import sweep_once
from tests.people import person

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8
ANSWERED = Consultation.CloseReason.ANSWERED
CAPACITY = 2


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Each in a thread of its own, begun together; what they returned."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_eight_who_ask_while_four_come_and_some_leave_are_paired_within_every_bound(
    labour: Unit, skill: Skill, topic: Topic
) -> None:
    citizens = [admit().citizen for _ in range(THREADS)]
    staff = [person(f"c{i}", "مشاور", Role.COUNSELLOR, labour) for i in range(4)]

    def asking(citizen: Citizen) -> Callable[[], Any]:
        return lambda: [
            ask(asked=Asked(text="سؤال", language="fa", topic=topic), citizen=citizen)
            for _ in range(2)
        ]

    def working(counsellor: User) -> None:
        start_duty(counsellor=counsellor, topics=[topic], languages=["fa"], capacity=CAPACITY)
        pair_waiting()
        held = Consultation.objects.held_by(counsellor).first()
        if held is not None:
            end(consultation=held, reason=Consultation.CloseReason.ANSWERED)
        sweep_once()

    at_once([*map(asking, citizens[:4]), *(partial(working, each) for each in staff)])
    at_once([*map(asking, citizens[4:]), *([pair_waiting] * 4)])

    loads = Counter(Consultation.objects.held().values_list("holder", flat=True))
    waiting = Consultation.objects.waiting().count()
    assert all(load <= CAPACITY for load in loads.values())
    assert waiting == 0 or sum(loads.values()) == CAPACITY * len(staff)
    assert (
        Consultation.objects.count()
        == 16
        == waiting + sum(loads.values()) + (Consultation.objects.closed().count())
    )
    held = Consultation.objects.held()
    assert len(set(held.values_list("holder", "slot"))) == held.count()
    assert all(each.load_before + 1 <= each.capacity for each in Assignment.objects.all())
    for each in Consultation.objects.all():
        seqs = list(each.messages.order_by("seq").values_list("seq", flat=True))
        assert seqs == list(range(1, each.last_seq + 1))


def test_nobody_overtakes_an_earlier_one_of_the_same_kind(oscar: User, topic: Topic) -> None:
    asked = [
        ask(asked=Asked(text="سؤال", language="fa", topic=topic), citizen=admit().citizen)
        for _ in range(6)
    ]

    at_once(
        [
            lambda: start_duty(counsellor=oscar, topics=[topic], languages=["fa"], capacity=3),
            *([pair_waiting] * 7),
        ]
    )

    held = set(Consultation.objects.held().values_list("pk", flat=True))
    assert held == {each.consultation.pk for each in asked[:3]}


def test_ends_at_one_moment_fill_every_seat_in_the_order_of_the_line(
    labour: Unit, topic: Topic, general: Topic
) -> None:
    staff = [person(f"c{i}", "مشاور", Role.COUNSELLOR, labour) for i in range(THREADS // 2)]
    for each in staff:
        start_duty(counsellor=each, topics=[topic, general], languages=["fa"], capacity=CAPACITY)
    asked = [asks([topic, general][i % 2]) for i in range(3 * THREADS)]
    first, second = asked[:THREADS], asked[THREADS : 2 * THREADS]

    at_once([partial(end, consultation=each, reason=ANSWERED) for each in first])

    assert set(Consultation.objects.held()) == set(second)
    assert Consultation.objects.closed().count() == THREADS
    loads = Counter(Consultation.objects.held().values_list("holder", flat=True))
    assert set(loads.values()) == {CAPACITY}
    assert all(each.load_before + 1 <= each.capacity for each in Assignment.objects.all())


@pytest.mark.parametrize("stands", [True, False])
def test_whoever_ends_second_waits_for_the_first_and_looks_again(
    oscar: User, olga: User, topic: Topic, stands: bool
) -> None:
    for each in (oscar, olga):
        start_duty(counsellor=each, topics=[topic], languages=["fa"], capacity=1)
    of_oscar, of_olga, early, late = [asks(topic) for _ in range(4)]

    while_open(
        partial(end, consultation=of_oscar, reason=ANSWERED),
        partial(end, consultation=of_olga, reason=ANSWERED),
        stands=stands,
    )

    holding = dict(Consultation.objects.held().values_list("holder__username", "pk"))
    taken = {"oscar": early, "olga": late} if stands else {"oscar": of_oscar, "olga": early}
    assert holding == {name: each.pk for name, each in taken.items()}


def test_two_ends_at_one_seat_know_of_each_other(oscar: User, topic: Topic) -> None:
    """Three citizens replied at once, so that one end alone makes no room."""
    start_duty(counsellor=oscar, topics=[topic], languages=["fa"], capacity=2)
    first, second = asks(topic), asks(topic)
    Consultation.objects.update(awaiting="citizen")
    asks(topic)
    Consultation.objects.update(awaiting="counsellor")
    waiting = asks(topic)
    assert waiting.holder is None

    while_open(
        partial(end, consultation=first, reason=ANSWERED),
        partial(end, consultation=second, reason=ANSWERED),
    )

    waiting.refresh_from_db()
    assert waiting.holder == oscar


@pytest.mark.parametrize("ask_first", [True, False])
def test_whoever_asks_meets_no_end_half_done(oscar: User, topic: Topic, ask_first: bool) -> None:
    start_duty(counsellor=oscar, topics=[topic], languages=["fa"], capacity=1)
    ending = partial(end, consultation=asks(topic), reason=ANSWERED)
    acts: list[Callable[[], Any]] = [partial(asks, topic), ending]
    first, second = acts if ask_first else acts[::-1]

    while_open(first, second)

    assert Consultation.objects.held().count() == 1
    assert not Consultation.objects.waiting().exists()


def asks(topic: Topic) -> Consultation:
    """A question of somebody new."""
    asked = Asked(text="سؤال", language="fa", topic=topic)
    consultation = ask(asked=asked, citizen=admit().citizen).consultation
    consultation.refresh_from_db()
    return consultation


def while_open(first: Callable[[], Any], second: Callable[[], Any], *, stands: bool = True) -> None:
    """`second` is done while the transaction of `first`, all done, is still open."""
    begun = Event()

    def one() -> None:
        with suppress(InterruptedError), transaction.atomic():
            first()
            begun.set()
            sleep(0.3)  # The other one has come as far as it can by now.
            if not stands:
                raise InterruptedError

    def other() -> None:
        begun.wait(timeout=10)
        second()

    at_once([one, other])


def test_eight_writers_give_every_message_its_own_sequence(
    alice: Citizen, oscar: User, talk: Consultation
) -> None:
    def writing(number: int) -> Callable[[], Any]:
        who = alice if number % 2 else oscar
        return lambda: [
            append(
                [
                    Post(
                        consultation=talk.pk,
                        person=who,
                        stream=f"page {number}",
                        n=n,
                        client_id=str(uuid4()),
                        text="word",
                    )
                ]
            )[0]
            for n in range(1, 6)
        ]

    answers = at_once([writing(number) for number in range(THREADS)])

    assert all(isinstance(each, Stored) for given in answers for each in given)
    seqs = list(talk.messages.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, 2 + 5 * THREADS + 1))


def test_the_same_message_from_eight_threads_is_stored_once(
    alice: Citizen, talk: Consultation
) -> None:
    post = Post(
        consultation=talk.pk, person=alice, stream="page", n=1, client_id="mine", text="once"
    )

    answers = at_once([lambda: append([post])[0]] * THREADS)

    assert {each.seq for each in answers} == {3}
    assert talk.messages.filter(client_id="mine").count() == 1


def test_a_double_click_at_the_same_moment_is_one_question(
    alice: Citizen, mallet: Citizen, topic: Topic
) -> None:
    asked = Asked(text="سؤال", language="fa", topic=topic)
    citizens = [alice, mallet, admit().citizen, alice]

    questions = at_once([partial(ask, asked=asked, citizen=each) for each in citizens])

    assert len({each.consultation.pk for each in questions}) == 1
    assert Case.objects.count() == 1


def test_a_form_sent_twice_at_the_same_moment_is_one_ticket(alice: Citizen, topic: Topic) -> None:
    asked = Asked(text="سؤال", language="fa", topic=topic)

    tickets = at_once(
        [lambda: file_question(asked=asked, ticket_type="question", citizen=alice)] * 4
    )

    assert len({each.pk for each in tickets}) == Ticket.objects.count() == 1


def test_becoming_a_ticket_and_being_ended_meet_without_a_deadlock(
    alice: Citizen, oscar: User, talk: Consultation
) -> None:
    reason = Consultation.CloseReason.ANSWERED

    at_once(
        [
            lambda: become_ticket(consultation=talk),
            lambda: end(consultation=talk, reason=reason),
            lambda: become_ticket(consultation=talk, actor=oscar),
            sweep_once,
        ]
    )

    talk.refresh_from_db()
    assert talk.is_closed
    assert Ticket.objects.get().consultation == talk


def test_a_ticket_is_taken_by_one(oscar: User, olga: User, talk: Consultation) -> None:
    ticket = become_ticket(consultation=talk)

    won = at_once([partial(claim, ticket=ticket, actor=each) for each in (oscar, olga)])

    assert sorted(won) == [False, True]
    ticket.refresh_from_db()
    assert ticket.assignee == [oscar, olga][won.index(True)]
    assert ticket.changes.filter(field="assignee").count() == 1


def test_one_conversation_registered_by_several_at_once_is_one_ticket(talk: Consultation) -> None:
    draft = draft_from(talk)

    born = at_once([partial(open_ticket, case=talk.case, draft=draft, consultation=talk)] * THREADS)

    assert set(born) == {Ticket.objects.get()}
    assert talk.messages.filter(text="ticket").count() == 1
