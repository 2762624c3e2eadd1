"""Days and moments as people say them: Jalali in Persian, Gregorian in English, Tehran's clock.

Moments are stored in UTC. The language is a parameter and the words of time are data here,
because plurals, order and calendar differ by more than a translation could carry.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from persian.digits import in_digits_of, latin_digits

TEHRAN = ZoneInfo("Asia/Tehran")


@dataclass(frozen=True, slots=True)
class _Words:
    """What one language calls the parts of time. Weekdays begin with Monday, as in Python."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    moment: str
    units: dict[int, tuple[str, str]]
    joined_by: str
    just_now: str
    past: str
    future: str


_JALALI_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_GREGORIAN_MONTHS = (
    "January February March April May June July August September October November December"
)
_PERSIAN_DAYS = "دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه"
_ENGLISH_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"

_PERSIAN = _Words(
    weekdays=tuple(_PERSIAN_DAYS.split()),
    months=tuple(_JALALI_MONTHS.split()),
    moment="{day}، ساعت {clock}",
    units={86400: ("روز",) * 2, 3600: ("ساعت",) * 2, 60: ("دقیقه",) * 2, 1: ("ثانیه",) * 2},
    joined_by=" و ",
    just_now="همین حالا",
    past="{span} پیش",
    future="{span} دیگر",
)
_ENGLISH = _Words(
    weekdays=tuple(_ENGLISH_DAYS.split()),
    months=tuple(_GREGORIAN_MONTHS.split()),
    moment="{day}, {clock}",
    units={
        86400: ("day", "days"),
        3600: ("hour", "hours"),
        60: ("minute", "minutes"),
        1: ("second", "seconds"),
    },
    joined_by=" and ",
    just_now="just now",
    past="{span} ago",
    future="in {span}",
)


def _words(language: str) -> _Words:
    return _PERSIAN if language == "fa" else _ENGLISH


def _calendar_day(day: date, language: str) -> date | JalaliDate:
    return JalaliDate(day) if language == "fa" else day  # type: ignore[no-untyped-call]


def format_short_day(day: date, language: str) -> str:
    """«۱ آذر» or "22 November"."""
    shown = _calendar_day(day, language)
    return in_digits_of(f"{shown.day} {_words(language).months[shown.month - 1]}", language)


def format_day(day: date, language: str, weekday: bool = True) -> str:
    """«یکشنبه ۱ آذر ۱۴۰۵» or "Sunday 22 November 2026"."""
    year = in_digits_of(str(_calendar_day(day, language).year), language)
    written = f"{format_short_day(day, language)} {year}"
    return f"{_words(language).weekdays[day.weekday()]} {written}" if weekday else written


def format_clock(moment: datetime, language: str) -> str:
    return in_digits_of(f"{moment.astimezone(TEHRAN):%H:%M}", language)


def format_moment(moment: datetime, language: str) -> str:
    """«یکشنبه ۱ آذر ۱۴۰۵، ساعت ۱۶:۳۰» or "Sunday 22 November 2026, 16:30"."""
    day = format_day(moment.astimezone(TEHRAN).date(), language)
    return _words(language).moment.format(day=day, clock=format_clock(moment, language))


def ago(moment: datetime, now: datetime, language: str) -> str:
    """How long since `moment`, in its largest unit; a plain date once a month has passed."""
    words, distance = _words(language), abs(now - moment)
    if distance < timedelta(minutes=1):
        return words.just_now
    if distance >= timedelta(days=30):
        return format_day(moment.astimezone(TEHRAN).date(), language, weekday=False)
    span = _spans(int(distance.total_seconds()), language)[0]
    return (words.past if moment < now else words.future).format(span=span)


def duration_words(seconds: float, language: str) -> str:
    """A length of time in its two largest units: «۲ دقیقه و ۱۲ ثانیه»."""
    return _words(language).joined_by.join(_spans(max(0, round(seconds)), language)[:2])


def _spans(seconds: int, language: str) -> list[str]:
    spans = []
    units = _words(language).units
    for size, (singular, plural) in units.items():
        count, seconds = divmod(seconds, size)
        if count:
            spans.append(in_digits_of(f"{count} {singular if count == 1 else plural}", language))
    return spans or [in_digits_of(f"0 {units[1][1]}", language)]


def parse_jalali(text: str) -> date:
    """The day meant by 1405/9/1 or ۱۴۰۵-۰۹-۰۱; ValueError if there is no such day."""
    written = re.fullmatch(
        r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})", latin_digits(text).strip()
    )
    if not written:
        raise ValueError(f"not a Jalali date: {text!r}")
    return _gregorian(int(written[1]), int(written[3]), int(written[4]))


def typed_jalali(day: date) -> str:
    """A day as it is typed: 1405/09/01, which `parse_jalali` reads."""
    found = JalaliDate(day)  # type: ignore[no-untyped-call]
    return f"{found.year:04}/{found.month:02}/{found.day:02}"


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """The first day of a Jalali month and the first day after it."""
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return _gregorian(year, month, 1), _gregorian(*following, 1)


def _gregorian(year: int, month: int, day: int) -> date:
    return JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
