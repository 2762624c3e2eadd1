"""An honest range, or none."""

from consult.waits import ENOUGH, WaitRange, wait_range

MINUTE = 60.0


def test_too_few_waits_are_no_range() -> None:
    assert wait_range([MINUTE] * (ENOUGH - 1), place=3, starts_an_hour=60) is None


def test_a_range_spans_what_most_people_waited() -> None:
    found = wait_range([MINUTE * n for n in range(1, 10)])

    assert found == WaitRange(low=2 * MINUTE, high=8 * MINUTE)


def test_a_long_line_now_moves_the_far_end() -> None:
    found = wait_range([MINUTE] * 9, place=20, starts_an_hour=30)

    assert found == WaitRange(low=MINUTE, high=40 * MINUTE)


def test_a_short_line_now_moves_the_near_end() -> None:
    found = wait_range([10 * MINUTE] * 9, place=1, starts_an_hour=60)

    assert found == WaitRange(low=MINUTE, high=10 * MINUTE)
