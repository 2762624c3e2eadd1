"""Several processes at once: threads with connections of their own, on the real database."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from accounts.models import Role, User
from agency.models import Skill, Topic, Unit
from chat.operations import ask, end, start_duty
from consult.models import Assignment, Case, Citizen, Consultation
from consult.operations.access import admit
from consult.operations.asking import Asked
from consult.operations.assigning import pair_waiting
from tests.at_once import THREADS, at_once, while_open
from tests.clock import sweep_once
from tests.people import person

pytestmark = pytest.mark.django_db(transaction=True)

ANSWERED = Consultation.CloseReason.ANSWERED
CAPACITY = 2


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


def test_a_double_click_at_the_same_moment_is_one_question(
    alice: Citizen, mallet: Citizen, topic: Topic
) -> None:
    asked = Asked(text="سؤال", language="fa", topic=topic)
    citizens = [alice, mallet, admit().citizen, alice]

    questions = at_once([partial(ask, asked=asked, citizen=each) for each in citizens])

    assert len({each.consultation.pk for each in questions}) == 1
    assert Case.objects.count() == 1
