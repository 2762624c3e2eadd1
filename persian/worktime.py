"""Time as offices count it: only while they are open.

Lengths are measured on the absolute clock, because Iran moved its clocks until 2022.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from persian.jalali import TEHRAN

Hours = Sequence[tuple[time, time]]

# Saturday to Wednesday; weekdays are Python's, Monday is 0.
OFFICE_HOURS: Mapping[int, Hours] = {
    weekday: [(time(7, 30), time(14, 30))] for weekday in (5, 6, 0, 1, 2)
}
HORIZON = timedelta(days=800)


@dataclass(frozen=True)
class WorkCalendar:
    """When an office works: by weekday, but not on holidays, and else on special days."""

    weekly: Mapping[int, Hours]
    holidays: Collection[date] = frozenset()
    special: Mapping[date, Hours] = field(default_factory=dict)
    zone: ZoneInfo = TEHRAN

    def windows(self, day: date) -> list[tuple[datetime, datetime]]:
        """The openings and closings of one day. Special hours speak louder than a holiday."""
        return [
            (datetime.combine(day, opens, self.zone), datetime.combine(day, closes, self.zone))
            for opens, closes in self._hours(day)
        ]

    def _hours(self, day: date) -> Hours:
        if day in self.special:
            return self.special[day]
        return [] if day in self.holidays else self.weekly.get(day.weekday(), [])

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        return any(opens <= local < closes for opens, closes in self.windows(local.date()))

    def next_opening(self, at: datetime) -> datetime | None:
        """The first moment from `at` on when the office is open; None if none is in sight."""
        return next((opens for opens, _ in self._from(at, at + HORIZON)), None)

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """The moment when `amount` of working time since `start` has passed."""
        for opens, closes in self._from(start, start + HORIZON):
            if amount <= _elapsed(opens, closes):
                return _later(opens, amount)
            amount -= _elapsed(opens, closes)
        raise ValueError("no working time within the horizon")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from `start` to `end`."""
        end = end.astimezone(self.zone)
        spans = (
            _elapsed(opens, min(closes, end))
            for opens, closes in self._from(start, end)
            if opens < end
        )
        return sum(spans, timedelta())

    def _from(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The windows that are still to come at `start`, the first one cut to begin there."""
        start = start.astimezone(self.zone)
        day, last = start.date(), end.astimezone(self.zone).date()
        while day <= last:
            for opens, closes in self.windows(day):
                if closes > start:
                    yield max(opens, start), closes
            day += timedelta(days=1)


def _elapsed(start: datetime, end: datetime) -> timedelta:
    return end.astimezone(UTC) - start.astimezone(UTC)


def _later(start: datetime, amount: timedelta) -> datetime:
    return (start.astimezone(UTC) + amount).astimezone(start.tzinfo)
