"""Reads of the service desk, shaped for a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from agency.bilingual import readers_language
from agency.queries import work_calendar
from chat.posts import searchable
from desk import rules
from desk.deadlines import WORKING_DAY, share, target
from desk.models import Ticket
from persian.digits import in_digits_of
from persian.jalali import duration_words, format_moment
from persian.tracking import parse_tracking
from persian.worktime import WorkCalendar

LISTED = 100


@dataclass(frozen=True, slots=True)
class Clock:
    """One promise as word, bar and number."""

    state: str  # met, running, late or stopped
    due: datetime
    share: int
    words: str


@dataclass(frozen=True, slots=True)
class TicketRow:
    ticket: Ticket
    first: Clock
    resolution: Clock


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the citizen's simple bar."""

    label: str
    state: str  # done, current or todo
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A line of the history in words."""

    at: datetime
    actor: User | None
    field: str
    label: str
    before: str
    after: str
    note: str


def views_of(person: User) -> dict[str, tuple[str, QuerySet[Ticket]]]:
    """The saved views: key → label and tickets, nearest due date first."""
    mine = Ticket.objects.visible_to(person).select_related("case", "unit", "assignee")
    mine = mine.order_by("resolution_due_at")
    running, now = mine.open(), timezone.now()
    late = Q(resolution_due_at__lt=now) | Q(first_responded_at=None, first_response_due_at__lt=now)
    return {
        "due": (_("Nearest due"), running),
        "mine": (_("In my hands"), running.filter(assignee=person)),
        "unassigned": (_("Nobody's"), running.filter(assignee=None)),
        "overdue": (_("Overdue"), running.filter(late)),
        "waiting": (_("Waiting for the applicant"), running.filter(status="waiting_citizen")),
        "answered": (_("Answered"), mine.filter(status__in=Ticket.ENDED)),
    }


def search(tickets: QuerySet[Ticket], q: str) -> QuerySet[Ticket]:
    """Those with this tracking code, or with every one of these words."""
    if code := parse_tracking(q):
        return tickets.filter(case__tracking_code=code)
    words = searchable(q).split()
    if q.strip() and not words:
        return tickets.none()
    for word in words:
        tickets = tickets.filter(folded__contains=word)
    return tickets


def rows(tickets: Iterable[Ticket]) -> list[TicketRow]:
    """Tickets with their clocks; one calendar per unit, however many tickets."""
    now = timezone.now()
    calendars: dict[int, WorkCalendar] = {}
    found = []
    for ticket in tickets:
        if ticket.unit_id not in calendars:
            calendars[ticket.unit_id] = work_calendar(ticket.unit)
        first, resolution = clocks(ticket, calendars[ticket.unit_id], now)
        found.append(TicketRow(ticket, first, resolution))
    return found


def clocks(ticket: Ticket, calendar: WorkCalendar, now: datetime) -> tuple[Clock, Clock]:
    """The two promises of a ticket as they stand now."""
    first = _clock(ticket, ticket.first_response_due_at, ticket.first_responded_at, calendar, now)
    return first, _clock(ticket, ticket.resolution_due_at, ticket.resolved_at, calendar, now)


def _clock(
    ticket: Ticket, due: datetime, met_at: datetime | None, calendar: WorkCalendar, now: datetime
) -> Clock:
    if met_at is not None or ticket.has_ended:
        return Clock("met", due, 100, _("given") if met_at else _("ended"))
    if now > due:
        return Clock("late", due, 100, working_words(calendar.between(due, now)))
    if ticket.status == Ticket.Status.WAITING_CITIZEN:
        return Clock("stopped", due, 0, _("waits for the applicant"))
    used = share(start=ticket.created_at, due=due, now=now, calendar=calendar)
    return Clock("running", due, min(used, 100), working_words(calendar.between(now, due)))


def working_words(span: timedelta) -> str:
    """Working time in words: «۹ روز کاری»."""
    days = span / WORKING_DAY
    if days >= 1:
        count = round(days)
        words = ngettext("%(count)s working day", "%(count)s working days", count)
        return in_digits_of(words % {"count": count}, readers_language())
    return duration_words(max(span.total_seconds(), 60), readers_language())


def why_then(ticket: Ticket, calendar: WorkCalendar) -> str:
    """The arithmetic behind the due date, in a sentence."""
    chosen = target(ticket_type=ticket.type, priority=ticket.priority)
    days_off = _days_off(ticket, calendar)
    sentences = [
        _("A ticket of this kind has %(target)s, counted from %(start)s.")
        % {
            "target": working_words(chosen.resolution),
            "start": format_moment(ticket.created_at, readers_language()),
        },
        _("Only the office's working hours count: Thursdays, Fridays and holidays do not."),
        ngettext(
            "There is %(count)s official holiday in between.",
            "There are %(count)s official holidays in between.",
            days_off,
        )
        % {"count": in_digits_of(str(days_off), readers_language())}
        if days_off
        else _("There is no official holiday in between."),
        _("So it is due on %(due)s.")
        % {"due": format_moment(ticket.resolution_due_at, readers_language())},
    ]
    return " ".join(sentences)


def _days_off(ticket: Ticket, calendar: WorkCalendar) -> int:
    first, last = ticket.created_at.date(), ticket.resolution_due_at.date()
    return sum(first <= day <= last and not hours for day, hours in calendar.special.items())


def steps(ticket: Ticket) -> list[Step]:
    """Registered, worked on, answered, closed; with the present one marked."""
    labels = [_("Registered"), _("Worked on"), _("Answered"), _("Closed")]
    moments = [ticket.created_at, ticket.first_responded_at, ticket.resolved_at, None]
    present = rules.step_of(ticket.status)
    return [
        Step(label, "done" if i < present else "current" if i == present else "todo", moments[i])
        for i, label in enumerate(labels)
    ]


def history(ticket: Ticket) -> list[ChangeRow]:
    """Who changed what, in words."""
    names = dict(Ticket.Status.choices)
    fields = {"status": _("status"), "assignee": _("assigned to")}
    return [
        ChangeRow(
            at=change.at,
            actor=change.actor,
            field=change.field,
            label=str(fields.get(change.field, change.field)),
            before=str(names.get(change.before, change.before)),
            after=str(names.get(change.after, change.after)),
            note=change.note,
        )
        for change in ticket.changes.select_related("actor")
    ]


def counts(views: dict[str, tuple[str, QuerySet[Ticket]]]) -> dict[str, int]:
    """How many tickets each view shows."""
    return {key: tickets.count() for key, (_label, tickets) in views.items()}


def transitions(ticket: Ticket) -> list[tuple[str, str]]:
    """What may follow now, with its label."""
    names = dict(Ticket.Status.choices)
    return [(status, str(names[status])) for status in rules.NEXT[ticket.status]]
