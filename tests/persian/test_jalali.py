"""Days and moments in the words of the reader."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persian.jalali import (
    ago,
    duration_words,
    format_clock,
    format_day,
    format_moment,
    format_short_day,
    month_bounds,
    parse_jalali,
)

DAY = date(2026, 11, 22)
MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
MOMENT = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)


def test_a_day_in_both_languages() -> None:
    assert format_day(DAY, "fa") == "یکشنبه ۱ آذر ۱۴۰۵"
    assert format_day(DAY, "en") == "Sunday 22 November 2026"
    assert format_day(DAY, "fa", weekday=False) == "۱ آذر ۱۴۰۵"
    assert format_short_day(DAY, "fa") == "۱ آذر"
    assert format_short_day(DAY, "en") == "22 November"


def test_a_moment_is_told_by_tehrans_clock() -> None:
    assert format_moment(MOMENT, "fa") == "یکشنبه ۱ آذر ۱۴۰۵، ساعت ۱۶:۳۰"
    assert format_moment(MOMENT, "en") == "Sunday 22 November 2026, 16:30"
    assert format_clock(MOMENT, "fa") == "۱۶:۳۰"


def test_late_in_the_evening_it_is_tomorrow_in_tehran() -> None:
    assert format_moment(MOMENT.replace(hour=21), "en").startswith("Monday 23 November")


@pytest.mark.parametrize(
    ("passed", "persian", "english"),
    [
        (timedelta(seconds=20), "همین حالا", "just now"),
        (timedelta(minutes=5, seconds=30), "۵ دقیقه پیش", "5 minutes ago"),
        (timedelta(hours=1), "۱ ساعت پیش", "1 hour ago"),
        (timedelta(days=3), "۳ روز پیش", "3 days ago"),
        (timedelta(days=52), "۹ مهر ۱۴۰۵", "1 October 2026"),
        (timedelta(minutes=-10), "۱۰ دقیقه دیگر", "in 10 minutes"),
    ],
)
def test_how_long_ago(passed: timedelta, persian: str, english: str) -> None:
    assert ago(MOMENT - passed, MOMENT, "fa") == persian
    assert ago(MOMENT - passed, MOMENT, "en") == english


@pytest.mark.parametrize(
    ("seconds", "persian", "english"),
    [
        (132, "۲ دقیقه و ۱۲ ثانیه", "2 minutes and 12 seconds"),
        (0, "۰ ثانیه", "0 seconds"),
        (3600, "۱ ساعت", "1 hour"),
        (90061, "۱ روز و ۱ ساعت", "1 day and 1 hour"),
        (-5, "۰ ثانیه", "0 seconds"),
    ],
)
def test_a_length_of_time_in_words(seconds: int, persian: str, english: str) -> None:
    assert duration_words(seconds, "fa") == persian
    assert duration_words(seconds, "en") == english


@pytest.mark.parametrize("typed", ["1405/9/1", "۱۴۰۵-۰۹-۰۱", " ١٤٠٥.٩.١ "])
def test_a_typed_day_is_understood(typed: str) -> None:
    assert parse_jalali(typed) == DAY


@pytest.mark.parametrize("typed", ["", "1405/9", "1405/13/1", "1404/12/30", "1405/9-1", "x"])
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - persiantools words its own refusals.
        parse_jalali(typed)


@given(st.dates(date(1921, 4, 1), date(2079, 12, 31)))
def test_a_written_day_is_read_back(day: date) -> None:
    number, name, year = format_day(day, "fa", weekday=False).split(" ")

    assert parse_jalali(f"{year}/{MONTHS.split().index(name) + 1}/{number}") == day


def test_a_month_ends_where_the_next_begins() -> None:
    assert month_bounds(1405, 9) == (DAY, date(2026, 12, 22))
    assert month_bounds(1403, 12)[1] == month_bounds(1404, 1)[0] == date(2025, 3, 21)
