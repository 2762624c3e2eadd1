"""Reads that span models, shaped for one reader each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles

from django.db.models import Count, Min, Q
from django.utils import timezone

from accounts.models import User
from agency.models import Topic
from agency.queries import work_calendar
from consult.load import load_of
from consult.models import Access, Assignment, Consultation, Duty

MEASURED_OVER = timedelta(hours=1)
ENOUGH = 5  # Waits below which no range is shown: no invented numbers.


@dataclass(frozen=True, slots=True)
class WaitRange:
    """Seconds that most people waited lately: the 20th and the 80th percentile."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether somebody can be talked to now."""

    counsellors: int
    wait: WaitRange | None
    open: bool
    next_opening: datetime | None

    @property
    def live(self) -> bool:
        return self.counsellors > 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands in the line of their topic and language."""

    number: int
    wait: WaitRange | None

    @property
    def ahead(self) -> int:
        return self.number - 1


@dataclass(frozen=True, slots=True)
class DutyView:
    """A counsellor's duty as its owner and the board see it."""

    duty: Duty
    load: float
    state: str  # A stored state, or the derived `lost` or `full`.

    @property
    def capacity(self) -> int:
        return self.duty.capacity


@dataclass(frozen=True, slots=True)
class LineSummary:
    waiting: int
    oldest: timedelta | None


def reach(topic: Topic | None = None, language: str | None = None) -> Reach:
    """Who could answer a question about `topic` in `language`; anybody about anything if None."""
    now = timezone.now()
    on_duty = Duty.objects.current().filter(lease_until__gt=now)
    on_duty = on_duty.exclude(state=Duty.State.DRAINING)
    if topic is not None:
        on_duty = on_duty.filter(topics=topic)
    able = [duty for duty in on_duty if language is None or language in duty.languages]
    calendar = work_calendar()
    return Reach(
        counsellors=len(able),
        wait=wait_range(topic),
        open=calendar.is_open(now),
        next_opening=calendar.next_opening(now),
    )


def wait_range(topic: Topic | None = None) -> WaitRange | None:
    """What most people waited within the last hour, in the unit of `topic`; None: too few."""
    recent = Assignment.objects.filter(at__gte=timezone.now() - MEASURED_OVER, epoch=1)
    if topic is not None:
        recent = recent.filter(consultation__topic__unit=topic.unit_id)
    waits = [each.total_seconds() for each in recent.values_list("waited", flat=True)]
    if len(waits) < ENOUGH:
        return None
    fifths = quantiles(waits, n=5)
    return WaitRange(low=fifths[0], high=fifths[-1])


def place_of(consultation: Consultation) -> Place:
    """The place in line, by class and arrival, among the same topic and language."""
    same = Consultation.objects.waiting().filter(
        topic=consultation.topic_id, language=consultation.language
    )
    earlier = Q(arrived_at__lt=consultation.arrived_at) | Q(
        arrived_at=consultation.arrived_at, id__lt=consultation.pk
    )
    ahead = same.filter(
        Q(priority__lt=consultation.priority) | Q(priority=consultation.priority) & earlier
    )
    return Place(number=ahead.count() + 1, wait=wait_range(consultation.topic))


def duty_of(counsellor: User) -> DutyView | None:
    """The present duty of `counsellor`; None when off."""
    duty = Duty.objects.current().filter(counsellor=counsellor).first()
    return view_of(duty, load_of(counsellor.pk)) if duty else None


def view_of(duty: Duty, load: float) -> DutyView:
    """`lost` and `full` are derived here, and only here."""
    state = duty.state
    if duty.is_lost:
        state = "lost"
    elif state == Duty.State.AVAILABLE and load + 1 > duty.capacity:
        state = "full"
    return DutyView(duty=duty, load=load, state=state)


def line_summary(topics: "list[int] | None" = None) -> LineSummary:
    """How many wait, and since when; of `topics` only, where given."""
    line = Consultation.objects.waiting().order_by()
    if topics is not None:
        line = line.filter(topic__in=topics)
    found = line.aggregate(waiting=Count("id"), first=Min("arrived_at"))
    oldest = timezone.now() - found["first"] if found["first"] else None
    return LineSummary(waiting=found["waiting"], oldest=oldest)


def earlier_with(consultation: Consultation) -> list[Consultation]:
    """Former consultations of the same citizen, newest first, as the holder may know of them.

    The same citizen is who asked both: a case opened with its code may be somebody else's.
    """
    asked = Access.objects.filter(asked_here=True)
    askers = asked.filter(case=consultation.case_id).values("citizen")
    same = Consultation.objects.filter(case__in=asked.filter(citizen__in=askers).values("case"))
    others = same.exclude(pk=consultation.pk).select_related("topic", "case", "last_holder")
    return list(others.order_by("-arrived_at")[:5])
