"""What a pairing costs does not grow with the house; looking narrowly misses nobody."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role, User
from agency.models import Topic, Unit
from consult import clock
from consult.models import Consultation, Duty
from consult.operations.access import admit
from consult.operations.asking import Asked, open_case, request_consultation
from consult.operations.assigning import anybody_left_waiting, pair, pair_waiting
from consult.operations.closing import close
from consult.operations.duty import go_on_duty
from tests.people import person

pytestmark = pytest.mark.django_db

LANGUAGES = ("fa", "en")


def waits(topic: Topic, language: str = "fa", *, vulnerable: bool = False) -> Consultation:
    """In the line, and nobody has looked yet."""
    asked = Asked(text="سؤال", language=language, topic=topic, vulnerable=vulnerable)
    citizen = admit().citizen
    case = open_case(asked=asked, citizen=citizen)
    return request_consultation(case=case, asked=asked, citizen=citizen)


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as sent:
        act()
    return sum("SAVEPOINT" not in each["sql"] for each in sent)


def topics_of(unit: Unit, count: int) -> list[Topic]:
    return [Topic.objects.create(code=f"t{i}", title_fa="موضوع", unit=unit) for i in range(count)]


@pytest.mark.parametrize(("topics", "counsellors", "waiting"), [(1, 1, 1), (12, 6, 30)])
def test_a_pairing_takes_the_same_few_statements_in_a_large_house(
    labour: Unit, topics: int, counsellors: int, waiting: int
) -> None:
    known = topics_of(labour, topics)
    staff = [person(f"c{i}", "مشاور", Role.COUNSELLOR, labour) for i in range(counsellors)]
    for each in staff:
        go_on_duty(counsellor=each, topics=known, languages=LANGUAGES, capacity=1)
        pair(clock.now(), waits=[waits(known[0])])
    for i in range(waiting):
        waits(known[i % topics])
    taken = Consultation.objects.held().first()
    assert taken is not None
    reason = Consultation.CloseReason.ANSWERED

    assert statements(lambda: close(consultation=taken, reason=reason)) <= 10

    assert Consultation.objects.held().count() == counsellors


def test_nobody_waiting_is_one_look(labour: Unit, oscar: User) -> None:
    known = topics_of(labour, 3)
    go_on_duty(counsellor=oscar, topics=known, languages=LANGUAGES, capacity=3)

    assert statements(anybody_left_waiting) <= 2


lines = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(LANGUAGES), st.booleans()), max_size=6
)
duties = st.lists(
    st.tuples(
        st.sets(st.integers(0, 2), min_size=1),
        st.sets(st.sampled_from(LANGUAGES), min_size=1),
        st.integers(1, 2),
    ),
    min_size=1,
    max_size=3,
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines, duties, st.data())
def test_looking_narrowly_leaves_nothing_for_the_whole_look(
    labour: Unit,
    line: list[tuple[int, str, bool]],
    staff: list[tuple[set[int], set[str], int]],
    data: st.DataObject,
) -> None:
    """After every event, paired only where it happened, the sweep finds nothing to start."""
    story = transaction.atomic()
    with story:
        known = topics_of(labour, 3)
        for i, (chosen, spoken, room) in enumerate(staff):
            someone = person(f"c{i}", "مشاور", Role.COUNSELLOR, labour)
            topics = [known[each] for each in chosen]
            go_on_duty(counsellor=someone, topics=topics, languages=spoken, capacity=room)
            assert pair_waiting() == []
        for topic, language, vulnerable in line:
            waiting = waits(known[topic], language, vulnerable=vulnerable)
            pair(clock.now(), waits=[waiting])
            assert pair_waiting() == []
        for held in Consultation.objects.held():
            if data.draw(st.booleans()):
                close(consultation=held, reason=Consultation.CloseReason.ANSWERED)
                assert pair_waiting() == []
        assert Duty.objects.count() == len(staff)
        transaction.set_rollback(True)
