"""When an answer is due: a pure function of the ticket's beginning, its policy and the calendar."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from persian.worktime import WorkCalendar

WORKING_DAY = timedelta(hours=7)
HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Target:
    """How much working time there is for the first answer, and for the resolution."""

    first_response: timedelta
    resolution: timedelta


@dataclass(frozen=True, slots=True)
class Promise:
    first_response: datetime
    resolution: datetime


BY_PRIORITY = {
    1: Target(HALF_HOUR, WORKING_DAY),
    2: Target(timedelta(hours=4), 3 * WORKING_DAY),
    3: Target(WORKING_DAY, 10 * WORKING_DAY),
    4: Target(2 * WORKING_DAY, 15 * WORKING_DAY),
}
BY_TYPE = {
    "foi": Target(WORKING_DAY, 10 * WORKING_DAY),  # The law's own term; never longer.
    "complaint": Target(WORKING_DAY, 15 * WORKING_DAY),
}


def target(*, ticket_type: str, priority: int) -> Target:
    """The policy for this ticket: the type's where it has its own, else the priority's."""
    return BY_TYPE.get(ticket_type, BY_PRIORITY[priority])


def promise(*, at: datetime, chosen: Target, calendar: WorkCalendar) -> Promise:
    """The two due dates of a ticket that began `at`."""
    return Promise(
        first_response=calendar.add(at, chosen.first_response),
        resolution=calendar.add(at, chosen.resolution),
    )


def share(*, start: datetime, due: datetime, now: datetime, calendar: WorkCalendar) -> int:
    """How much of the working time is used up, in percent; over 100 when late."""
    whole = calendar.between(start, due)
    return round(100 * (calendar.between(start, now) / whole)) if whole else 100
