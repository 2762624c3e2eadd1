"""The pairing policy: who is served next, by whom, and what it never does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from consult.pairing import Available, Pair, Waiting, can_take, next_pair

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
LABOUR, WELFARE = 1, 2


def waiting(number: int, minutes: int = 0, **more: object) -> Waiting:
    usual = {"topic": LABOUR, "language": "fa", "priority": 2}
    return Waiting(
        consultation=UUID(int=number),
        arrived_at=NOON + timedelta(minutes=minutes),
        **{**usual, **more},  # type: ignore[arg-type]
    )


def free(counsellor: int, load: float = 0, **more: object) -> Available:
    usual = {
        "topics": {LABOUR: 4},
        "languages": frozenset({"fa"}),
        "capacity": 4,
        "idle_since": NOON,
    }
    return Available(counsellor=counsellor, load=load, **{**usual, **more})  # type: ignore[arg-type]


def pair(number: int, counsellor: int) -> Pair:
    return Pair(UUID(int=number), counsellor)


def test_first_come_first_served() -> None:
    assert next_pair([waiting(1, 5), waiting(2, 3), waiting(3, 4)], [free(7)]) == pair(2, 7)


def test_the_class_goes_before_the_arrival() -> None:
    line = [waiting(1, 0), waiting(2, 5, priority=1), waiting(3, 9, priority=0)]

    assert next_pair(line, [free(7)]) == pair(3, 7)
    assert next_pair(line[:2], [free(7)]) == pair(2, 7)


def test_whoever_came_at_the_same_moment_is_served_by_id() -> None:
    assert next_pair([waiting(2), waiting(1)], [free(7)]) == pair(1, 7)


def test_nobody_waiting_or_nobody_free_is_no_pair() -> None:
    assert next_pair([], [free(7)]) is None
    assert next_pair([waiting(1)], []) is None


def test_a_counsellor_must_know_the_topic_and_speak_the_language() -> None:
    assert not can_take(free(7), waiting(1, topic=WELFARE))
    assert not can_take(free(7), waiting(1, language="en"))
    assert can_take(free(7), waiting(1))


def test_one_more_must_be_within_the_smaller_capacity() -> None:
    assert can_take(free(7, load=3), waiting(1))
    assert not can_take(free(7, load=3.25), waiting(1))
    assert not can_take(free(7, load=1, topics={LABOUR: 1}), waiting(1))
    assert not can_take(free(7, load=1, capacity=1), waiting(1))


def test_a_head_that_nobody_can_take_does_not_block_the_others() -> None:
    line = [waiting(1, 0, topic=WELFARE, priority=0), waiting(2, 5)]

    assert next_pair(line, [free(7)]) == pair(2, 7)


def test_it_never_goes_back_to_whom_it_came_from() -> None:
    assert next_pair([waiting(1, avoid=frozenset({7}))], [free(7)]) is None
    assert next_pair([waiting(1, avoid=frozenset({7}))], [free(7), free(8, load=3)]) == pair(1, 8)


def test_the_last_counsellor_is_preferred_if_there_is_room() -> None:
    counsellors = [free(7), free(8, load=2)]

    assert next_pair([waiting(1, preferred=8)], counsellors) == pair(1, 8)
    assert next_pair([waiting(1, preferred=8)], [free(7), free(8, load=4)]) == pair(1, 7)
    assert next_pair([waiting(1, preferred=9)], counsellors) == pair(1, 7)


def test_the_lowest_share_of_the_load_is_chosen_not_the_lowest_load() -> None:
    assert next_pair([waiting(1)], [free(7, 1, capacity=2), free(8, 1, capacity=4)]) == pair(1, 8)


def test_then_whoever_has_been_idle_longest_then_the_id() -> None:
    early = NOON - timedelta(hours=1)

    assert next_pair([waiting(1)], [free(7), free(8, idle_since=early)]) == pair(1, 8)
    assert next_pair([waiting(1)], [free(8), free(7)]) == pair(1, 7)


lines = st.lists(
    st.builds(
        waiting,
        st.integers(1, 10_000),
        st.integers(0, 30),
        topic=st.sampled_from([LABOUR, WELFARE]),
        language=st.sampled_from(["fa", "en"]),
        priority=st.integers(0, 2),
        preferred=st.none() | st.integers(1, 4),
        avoid=st.frozensets(st.integers(1, 4), max_size=2),
        reserved_for=st.none() | st.integers(1, 4),
    ),
    max_size=20,
    unique_by=lambda each: each.consultation,
)
rosters = st.lists(
    st.builds(
        free,
        st.integers(1, 6),
        st.sampled_from([0, 0.25, 0.5, 1, 1.5, 3]),
        topics=st.dictionaries(st.sampled_from([LABOUR, WELFARE]), st.integers(1, 5)),
        languages=st.frozensets(st.sampled_from(["fa", "en"])),
        capacity=st.integers(1, 5),
    ),
    max_size=6,
    unique_by=lambda each: each.counsellor,
)


def served(line: list[Waiting], roster: list[Available]) -> list[tuple[Waiting, Available]]:
    """Pair until nothing more can start; each with the counsellor as they were before."""
    left, counsellors, pairs = list(line), {each.counsellor: each for each in roster}, []
    while found := next_pair(left, counsellors.values()):
        chosen = counsellors[found.counsellor]
        started = next(each for each in left if each.consultation == found.consultation)
        left.remove(started)
        pairs.append((started, chosen))
        counsellors[found.counsellor] = chosen.with_one_more(NOON)
    return pairs


@given(lines, rosters)
def test_nobody_is_ever_given_more_than_the_capacity_in_force(
    line: list[Waiting], roster: list[Available]
) -> None:
    for started, counsellor in served(line, roster):
        assert counsellor.load + 1 <= min(counsellor.capacity, counsellor.topics[started.topic])
        assert started.language in counsellor.languages
        assert counsellor.counsellor not in started.avoid
        assert started.reserved_for in (None, counsellor.counsellor)


@given(lines, rosters)
def test_nobody_is_overtaken_by_a_later_arrival_of_the_same_kind(
    line: list[Waiting], roster: list[Available]
) -> None:
    line = [replace(each, avoid=frozenset(), reserved_for=None) for each in line]
    order = [started for started, _counsellor in served(line, roster)]
    places = {each.consultation: place for place, each in enumerate(order)}

    for one in line:
        for other in order:
            same = (one.priority, one.topic, one.language) == (
                other.priority,
                other.topic,
                other.language,
            )
            if same and one.arrived_at < other.arrived_at:
                assert places.get(one.consultation, len(line)) < places[other.consultation]


@given(lines, rosters)
def test_nobody_waits_while_somebody_suitable_is_free(
    line: list[Waiting], roster: list[Available]
) -> None:
    pairs = served(line, roster)
    left = {each.counsellor: each for each in roster}
    for _started, before in pairs:
        left[before.counsellor] = before.with_one_more(NOON)
    started = {each.consultation for each, _counsellor in pairs}

    for each in line:
        if each.consultation not in started:
            for counsellor in roster:
                assert not can_take(left[counsellor.counsellor], each)
