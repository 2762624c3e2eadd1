"""What only the whole file can show: names that mean nothing, things said twice, odd hours."""

from collections.abc import Iterator
from typing import Any

import holidays
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from agency.models import Skill, Topic, Unit
from chat.models import CannedReply
from desk.founding.reading import Fault, Read
from desk.founding.shape import Hours, SpecialDay, clock, day


def faults_of(read: Read) -> list[Fault]:
    """Every one of them."""
    return [*_of_the_agency(read), *_twice(read), *_of_names(read), *_of_times(read)]


def _of_the_agency(read: Read) -> Iterator[Fault]:
    body = read.said.agency
    if body.email:
        try:
            validate_email(body.email)
        except ValidationError as fault:
            yield Fault(0, "agency", f"email: {fault.messages[0]}")
    if read.said.holidays not in {None, *holidays.list_supported_countries()}:
        yield _unknown(0, "holidays", "holidays", read.said.holidays or "")
    if Topic.GENERAL not in {each.code for each in read.said.topics}:
        yield Fault(0, "topics", _("One topic has the code “general”: for what fits nowhere."))


def _twice(read: Read) -> Iterator[Fault]:
    for part, name in ONCE:
        seen = set()
        for line, row in _rows(read, part):
            value = getattr(row, name)
            if value in seen:
                said = {"field": name, "value": value}
                yield Fault(line, part, _("%(field)s: “%(value)s” stands here twice.") % said)
            seen.add(value)
    days = set()
    for line, row in _rows(read, "special_days"):
        if (row.day, row.unit) in days:
            yield Fault(line, "special_days", _("This day stands here twice."))
        days.add((row.day, row.unit))


ONCE = [
    ("units", "code"),
    ("skills", "code"),
    ("topics", "code"),
    ("replies", "code"),
    ("replies", "shortcut"),
]


def _of_names(read: Read) -> Iterator[Fault]:
    """What a row names is in the file, or in the database from before."""
    said = read.said
    units = {*(each.code for each in said.units), *Unit.objects.values_list("code", flat=True)}
    skills = {*(each.code for each in said.skills), *Skill.objects.values_list("code", flat=True)}
    topics = {*(each.code for each in said.topics), *Topic.objects.values_list("code", flat=True)}
    for part in ("hours", "special_days", "topics"):
        for line, row in _rows(read, part):
            if row.unit is not None and row.unit not in units:
                yield _unknown(line, part, "unit", row.unit)
    for line, row in _rows(read, "topics"):
        for code in row.skills:
            if code not in skills:
                yield _unknown(line, "topics", "skills", code)
    for line, row in _rows(read, "replies"):
        if row.topic is not None and row.topic not in topics:
            yield _unknown(line, "replies", "topic", row.topic)
        if CannedReply.objects.filter(shortcut=row.shortcut).exclude(code=row.code).exists():
            said_twice = {"value": row.shortcut}
            yield Fault(line, "replies", _("“%(value)s” calls another reply already.") % said_twice)


def _unknown(line: int, part: str, field: str, value: str) -> Fault:
    said = {"field": field, "value": value}
    return Fault(line, part, _("%(field)s: nothing is called “%(value)s”.") % said)


def _of_times(read: Read) -> Iterator[Fault]:
    for line, row in _rows(read, "hours"):
        yield from _of_a_day(line, "hours", row.valid_from)
        yield from _of_a_window(line, "hours", row)
    for line, row in _rows(read, "special_days"):
        yield from _of_a_day(line, "special_days", row.day)
        if (row.opens_at is None) != (row.closes_at is None):
            yield Fault(
                line, "special_days", _("Say when it opens and when it closes, or neither.")
            )
        elif row.opens_at is not None:
            yield from _of_a_window(line, "special_days", row)


def _of_a_day(line: int, part: str, said: str) -> Iterator[Fault]:
    try:
        day(said)
    except ValueError:
        yield Fault(line, part, _("There is no day “%(value)s”.") % {"value": said})


def _of_a_window(line: int, part: str, row: Hours | SpecialDay) -> Iterator[Fault]:
    if clock(row.opens_at or "") >= clock(row.closes_at or ""):
        yield Fault(line, part, _("It opens after it closes."))


def _rows(read: Read, part: str) -> Iterator[tuple[int, Any]]:
    return zip(read.lines.get(part, []), getattr(read.said, part), strict=True)
