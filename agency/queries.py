"""When the agency, or one of its units, is open."""

from collections import defaultdict
from datetime import date, time

from django.db.models import Q
from django.utils import timezone

from agency.models import Agency, OpeningHours, SpecialDay, Unit
from persian.worktime import OFFICE_HOURS, Hours, WorkCalendar


def the_agency() -> Agency | None:
    """The agency of this installation."""
    return Agency.objects.first()


def work_calendar(unit: Unit | None = None) -> WorkCalendar:
    """The hours of `unit`, else the agency's, else Saturday to Wednesday, 7:30 to 14:30."""
    special: dict[date, Hours] = {}
    for day in SpecialDay.objects.filter(Q(unit=None) | Q(unit=unit)).order_by("unit_id"):
        window = (day.opens_at, day.closes_at)
        special[day.day] = [window] if window[0] and window[1] else []  # type: ignore[list-item]
    return WorkCalendar(weekly=_weekly(unit), special=special)


def _weekly(unit: Unit | None) -> dict[int, Hours]:
    in_force = OpeningHours.objects.filter(valid_from__lte=timezone.localdate())
    rows = list(in_force.filter(unit=unit)) or list(in_force.filter(unit=None))
    newest = max((row.valid_from for row in rows), default=None)
    weekly: dict[int, list[tuple[time, time]]] = defaultdict(list)
    for row in rows:
        if row.valid_from == newest:
            weekly[row.weekday].append((row.opens_at, row.closes_at))
    return dict(weekly) if weekly else dict(OFFICE_HOURS)
