"""What the file of an agency may say (docs/agency.md), typed once.

Values of YAML arrive as the text that was typed, so days and times are texts with a pattern here;
the properties say what they mean.
"""

import re
from datetime import date, time
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from agency.models import OpeningHours
from desk.models import Ticket
from persian.digits import latin_digits
from persian.jalali import parse_jalali

Code = Annotated[str, Meta(min_length=1, max_length=50, pattern=r"^[-a-zA-Z0-9_]+$")]
Line = Annotated[str, Meta(max_length=200)]
Text = Annotated[str, Meta(max_length=4000)]
Shortcut = Annotated[str, Meta(min_length=2, max_length=20, pattern=r"^/\S+$")]
Months = Annotated[int, Meta(ge=1, le=1200)]
Seats = Annotated[int, Meta(ge=1, le=50)]
Clock = Annotated[str, Meta(pattern=r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$")]
Day = Annotated[str, Meta(pattern=r"^[0-9۰-۹]{4}[-/.][0-9۰-۹]{1,2}[-/.][0-9۰-۹]{1,2}$")]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]
Weekday = Literal["saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"]
Kind = Literal[*Ticket.Type.values]  # type: ignore[valid-type]
LONG_AGO = "2020-03-20"


class Strict(Struct, kw_only=True, forbid_unknown_fields=True):
    """A misspelt name is not passed over."""


class Title(Strict, kw_only=True):
    """A short text; Persian is what counts."""

    fa: Annotated[str, Meta(min_length=1, max_length=200)]
    en: Line = ""


class Name(Strict, kw_only=True):
    """The same where nothing need be said."""

    fa: Line = ""
    en: Line = ""


class Words(Strict, kw_only=True):
    """A longer text."""

    fa: Annotated[str, Meta(min_length=1, max_length=4000)]
    en: Text = ""


class Place(Strict, kw_only=True):
    """Where it is."""

    fa: Text = ""
    en: Text = ""


class Body(Strict, kw_only=True):
    """The agency itself.

    `example` stands in the empty box of the question; `alarm` is what the front page asks before it
    leads to the urgent topic; `retention_months` is how long a text is kept.
    """

    code: Code
    name: Title
    parent: Name = field(default_factory=Name)
    phone: Annotated[str, Meta(max_length=40)] = ""
    email: Annotated[str, Meta(max_length=254)] = ""
    address: Place = field(default_factory=Place)
    example: Name = field(default_factory=Name)
    alarm: Name = field(default_factory=Name)
    retention_months: Months | None = None


class Coded(Strict, kw_only=True):
    """A unit or a skill."""

    code: Code
    title: Title


class Hours(Strict, kw_only=True):
    """The same hours on some days of the week; without a unit, of the whole agency."""

    weekdays: Annotated[list[Weekday], Meta(min_length=1)]
    opens_at: Clock
    closes_at: Clock
    valid_from: Day = LONG_AGO
    unit: Code | None = None

    @property
    def numbers(self) -> list[int]:
        """The weekdays as the database counts them."""
        return [OpeningHours.Weekday[each.upper()].value for each in self.weekdays]


class SpecialDay(Strict, kw_only=True):
    """A day unlike its weekday: closed, or with other hours."""

    day: Day
    title: Title
    unit: Code | None = None
    opens_at: Clock | None = None
    closes_at: Clock | None = None
    estimated: bool = False


class Topic(Strict, kw_only=True):
    """What people ask about, who knows it, and what it becomes in writing."""

    code: Code
    title: Title
    unit: Code
    skills: list[Code] = []
    keywords: list[Line] = []
    urgent: bool = False
    capacity: Seats = 4
    ticket_type: Kind = "question"


class Reply(Strict, kw_only=True):
    """A text that counsellors insert with a few keys."""

    code: Code
    shortcut: Shortcut
    title: Title
    body: Words
    topic: Code | None = None
    sample: bool = False


class Description(Strict, kw_only=True):
    """The whole file. `holidays` names the country whose official ones are put in."""

    agency: Body
    units: list[Coded]
    hours: list[Hours] = []
    holidays: Country | None = None
    special_days: list[SpecialDay] = []
    skills: list[Coded] = []
    topics: list[Topic]
    replies: list[Reply] = []


LISTS: dict[str, Any] = {
    "units": Coded,
    "hours": Hours,
    "special_days": SpecialDay,
    "skills": Coded,
    "topics": Topic,
    "replies": Reply,
}


def clock(said: str) -> time:
    """7:30 and 07:30 alike."""
    hour, minute = said.split(":")
    return time(int(hour), int(minute))


def day(said: str) -> date:
    """2026-03-21 and 1405/01/01 alike; raises `ValueError` where there is no such day."""
    year, month, number = (int(each) for each in re.split(r"[-/.]", latin_digits(said)))
    if year > 1700:
        return date(year, month, number)
    return parse_jalali(f"{year:04}/{month}/{number}")
