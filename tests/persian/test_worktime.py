"""Working time over weekends, holidays and the changing of clocks."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persian.jalali import TEHRAN
from persian.worktime import OFFICE_HOURS, WorkCalendar

NOWRUZ = {date(2026, 3, day) for day in (21, 22, 23, 24)}
OFFICE = WorkCalendar(OFFICE_HOURS, holidays=NOWRUZ)


def at(*moment: int) -> datetime:
    year, month, day, hour, minute = (*moment, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=TEHRAN)


def test_work_goes_on_after_the_weekend() -> None:
    done = OFFICE.add(at(2026, 11, 18, 13, 30), timedelta(hours=2))
    assert done == at(2026, 11, 21, 8, 30)


def test_work_goes_on_after_nowruz() -> None:
    done = OFFICE.add(at(2026, 3, 18, 14, 0), timedelta(hours=1))
    assert done == at(2026, 3, 25, 8, 0)


@given(st.integers(0, 400_000), st.integers(1, 6_000))
def test_adding_and_measuring_agree(start: int, length: int) -> None:
    begun, amount = at(2026, 1, 1) + timedelta(minutes=start), timedelta(minutes=length)
    assert OFFICE.between(begun, OFFICE.add(begun, amount)) == amount


def test_nothing_passes_backwards() -> None:
    assert OFFICE.between(at(2026, 11, 22, 12), at(2026, 11, 22, 9)) == timedelta()


def test_changing_the_clocks_takes_an_hour_from_the_night() -> None:
    nights = WorkCalendar({weekday: [(time(0), time(6))] for weekday in range(7)})
    slept = nights.between(at(2021, 3, 21, 23), at(2021, 3, 22, 6))
    assert slept == timedelta(hours=5)


def test_special_hours_speak_louder_than_a_holiday() -> None:
    open_anyway = WorkCalendar(
        OFFICE_HOURS,
        holidays=NOWRUZ,
        special={date(2026, 3, 21): [(time(9), time(10))], date(2026, 3, 25): []},
    )

    assert open_anyway.is_open(at(2026, 3, 21, 9, 30))
    assert not open_anyway.is_open(at(2026, 3, 25, 9, 30))


def test_the_door_opens_and_closes_on_the_minute() -> None:
    assert OFFICE.is_open(at(2026, 11, 22, 7, 30))
    assert not OFFICE.is_open(at(2026, 11, 22, 14, 30))


def test_the_next_opening() -> None:
    assert OFFICE.next_opening(at(2026, 11, 18, 15)) == at(2026, 11, 21, 7, 30)
    assert OFFICE.next_opening(at(2026, 11, 22, 9)) == at(2026, 11, 22, 9)


def test_an_office_that_never_opens() -> None:
    never = WorkCalendar({})

    assert never.next_opening(at(2026, 11, 22)) is None
    with pytest.raises(ValueError, match="no working time"):
        never.add(at(2026, 11, 22), timedelta(hours=1))
