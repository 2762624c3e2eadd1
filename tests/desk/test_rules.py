"""The life of a ticket, its priority and its due dates: pure policy."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from desk.deadlines import BY_PRIORITY, WORKING_DAY, promise, share, target
from desk.models import Ticket
from desk.rules import ENDED, MATRIX, NEEDS_REASON, NEXT, may_follow, priority, step_of
from persian.jalali import TEHRAN
from persian.worktime import OFFICE_HOURS, WorkCalendar

HOLIDAY = date(2026, 6, 1)  # A Monday.
CALENDAR = WorkCalendar(weekly=OFFICE_HOURS, special={HOLIDAY: []})


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=TEHRAN)


def test_every_status_has_its_place_in_the_rules() -> None:
    statuses = set(Ticket.Status.values)

    assert set(NEXT) == statuses
    assert {following for way in NEXT.values() for following in way} <= statuses
    assert {str(each) for each in Ticket.ENDED} == ENDED
    assert statuses >= NEEDS_REASON


def test_every_status_but_the_citizens_own_end_leads_on() -> None:
    assert [status for status, way in NEXT.items() if not way] == ["cancelled"]


def test_every_status_can_be_reached() -> None:
    reached, new = {"new"}, {"new"}
    while new:
        new = {following for status in new for following in NEXT[status]} - reached
        reached |= new

    assert reached == set(NEXT) - {"cancelled"}  # That is the citizen's step alone.


@pytest.mark.parametrize(
    ("status", "following", "allowed"),
    [
        ("new", "triaged", True),
        ("new", "resolved", False),
        ("new", "closed", False),
        ("in_progress", "resolved", True),
        ("resolved", "closed", True),
        ("resolved", "in_progress", False),
        ("closed", "reopened", True),
        ("cancelled", "reopened", False),
        ("new", "new", False),
        ("new", "", False),
    ],
)
def test_what_may_follow_what(status: str, following: str, allowed: bool) -> None:
    assert may_follow(status, following) is allowed


def test_priority_never_falls_when_impact_or_urgency_rises() -> None:
    levels = ["low", "medium", "high"]

    assert len(MATRIX) == 9
    for lower, higher in pairwise(levels):
        for other in levels:
            assert priority(impact=higher, urgency=other) <= priority(impact=lower, urgency=other)
            assert priority(impact=other, urgency=higher) <= priority(impact=other, urgency=lower)
    assert priority(impact="high", urgency="high") == 1
    assert priority(impact="low", urgency="low") == 4


def test_the_higher_the_priority_the_sooner_the_promise() -> None:
    targets = [BY_PRIORITY[each] for each in (1, 2, 3, 4)]

    assert [each.first_response for each in targets] == sorted(t.first_response for t in targets)
    assert [each.resolution for each in targets] == sorted(t.resolution for t in targets)


def test_a_type_with_a_term_of_its_own_keeps_it() -> None:
    assert target(ticket_type="foi", priority=4).resolution == 10 * WORKING_DAY
    assert target(ticket_type="complaint", priority=1).resolution == 15 * WORKING_DAY
    assert target(ticket_type="question", priority=1) == BY_PRIORITY[1]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (at(5, 23, 9), at(5, 24, 9)),  # Saturday morning: the next morning.
        (at(5, 27, 14), at(5, 30, 14)),  # Wednesday afternoon: Thursday and Friday do not count.
        (at(5, 28, 10), at(5, 30, 14, 30)),  # Written on the weekend: begins on Saturday.
        (at(5, 31, 9), at(6, 2, 9)),  # Sunday before a holiday: Tuesday.
        (at(6, 1, 9), at(6, 2, 14, 30)),  # On the holiday itself.
        (at(5, 23, 3), at(5, 23, 14, 30)),  # Before the office opens.
    ],
)
def test_a_working_day_is_counted_over_weekends_and_holidays(
    start: datetime, due: datetime
) -> None:
    promised = promise(at=start, chosen=BY_PRIORITY[3], calendar=CALENDAR)

    assert promised.first_response == due


def test_the_promise_does_not_depend_on_the_zone_it_is_asked_in() -> None:
    start = at(5, 27, 14)

    here = promise(at=start, chosen=BY_PRIORITY[2], calendar=CALENDAR)
    there = promise(at=start.astimezone(UTC), chosen=BY_PRIORITY[2], calendar=CALENDAR)

    assert here == there


def test_special_hours_count_as_they_are() -> None:
    half = WorkCalendar(weekly=OFFICE_HOURS, special={date(2026, 5, 23): [(time(9), time(11))]})

    promised = promise(at=at(5, 23, 9), chosen=BY_PRIORITY[3], calendar=half)

    assert promised.first_response == at(5, 24, 12, 30)


def test_the_share_counts_working_time_only() -> None:
    start, due = at(5, 23, 7, 30), at(5, 24, 14, 30)

    assert share(start=start, due=due, now=start, calendar=CALENDAR) == 0
    assert share(start=start, due=due, now=at(5, 23, 20), calendar=CALENDAR) == 50
    assert share(start=start, due=due, now=at(5, 25, 9), calendar=CALENDAR) > 100
    assert share(start=start, due=start, now=due, calendar=CALENDAR) == 100
    assert share(start=start, due=due, now=start - timedelta(days=1), calendar=CALENDAR) <= 0


def test_the_citizens_bar_goes_forward() -> None:
    assert [step_of(each) for each in ("new", "triaged", "in_progress", "resolved", "closed")] == [
        0,
        1,
        1,
        2,
        3,
    ]
    assert {step_of(each) for each in NEXT} == {0, 1, 2, 3}
