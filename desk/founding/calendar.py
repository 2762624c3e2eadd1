"""When the agency is open: weekly hours, days unlike others, official holidays."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import holidays
from django.utils import timezone

from agency.models import OpeningHours, SpecialDay, Unit
from desk.founding.rows import Founded, both
from desk.founding.shape import Hours, clock, day
from desk.founding.shape import SpecialDay as SaidDay

ESTIMATED = "تخمینی"  # So the library marks days that depend on the moon.


def put_hours(said: list[Hours], units: Mapping[str, Unit], founded: Founded) -> None:
    """Replaced as a whole for each unit and day that they are valid from."""
    wanted: dict[tuple[str | None, date], set[tuple[Any, ...]]] = defaultdict(set)
    for each in said:
        window = clock(each.opens_at), clock(each.closes_at)
        wanted[each.unit, day(each.valid_from)] |= {(no, *window) for no in each.numbers}
    for (code, valid_from), windows in wanted.items():
        whose = {"unit": units[code] if code else None, "valid_from": valid_from}
        there = OpeningHours.objects.filter(**whose)
        if set(there.values_list("weekday", "opens_at", "closes_at")) == windows:
            founded.unchanged += len(windows)
            continue
        replaced, _kinds = there.delete()
        founded.changed += min(replaced, len(windows))
        founded.created += max(len(windows) - replaced, 0)
        OpeningHours.objects.bulk_create(
            OpeningHours(weekday=weekday, opens_at=opens, closes_at=closes, **whose)
            for weekday, opens, closes in sorted(windows)
        )


def put_special_days(said: list[SaidDay], units: Mapping[str, Unit], founded: Founded) -> None:
    """Each says what the file says of it."""
    for each in said:
        founded.bring(
            SpecialDay,
            {"day": day(each.day), "unit": units[each.unit] if each.unit else None},
            {
                "opens_at": clock(each.opens_at) if each.opens_at else None,
                "closes_at": clock(each.closes_at) if each.closes_at else None,
                "estimated": each.estimated,
                **both(each.title),
            },
        )


def put_holidays(country: str | None, founded: Founded) -> None:
    """The official ones of this year and the next, where nothing is said of the day yet.

    They are only added: an administrator may have moved one that depends on the moon.
    """
    if country is None:
        return
    this_year = timezone.localdate().year
    years = range(this_year, this_year + 2)
    known = set(SpecialDay.objects.filter(unit=None).values_list("day", flat=True))
    fa = holidays.country_holidays(country, years=years, language="fa_IR")
    en = holidays.country_holidays(country, years=years, language="en_US")
    new = [
        SpecialDay(
            day=each,
            title_fa=title[:200],
            title_en=en.get(each, "")[:200],
            estimated=ESTIMATED in title,
        )
        for each, title in sorted(fa.items())
        if each not in known
    ]
    SpecialDay.objects.bulk_create(new)
    founded.created += len(new)
