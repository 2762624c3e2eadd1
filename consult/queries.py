"""Reads that span models, shaped for one reader each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from accounts.models import User
from agency.models import Topic
from agency.queries import work_calendar
from consult import clock
from consult.load import load_of, loads
from consult.models import Access, Assignment, Consultation, ConsultationQuerySet, Duty
from consult.timers import timer
from consult.waits import WaitRange, wait_range

MEASURED_OVER = timedelta(hours=1)


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

    @property
    def is_long(self) -> bool:
        """The wait may pass what we promise: a written answer is the better offer."""
        return _is_long(self.wait)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands in the line of their topic and language."""

    number: int
    wait: WaitRange | None
    counsellors: int  # On duty for it now.
    waited: timedelta

    @property
    def ahead(self) -> int:
        return self.number - 1

    @property
    def is_long(self) -> bool:
        """As `Reach.is_long`, or the promise is broken already."""
        return self.waited > timer("promise") or _is_long(self.wait)


def _is_long(wait: WaitRange | None) -> bool:
    return wait is not None and wait.high > timer("promise").total_seconds()


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
    """Who could answer a question about `topic` in `language`; anybody about anything if None.

    Whoever is on a break, finishing or lost does not count.
    """
    now, calendar = clock.now(), work_calendar()
    line = _line(topic, language)
    able = _able(topic, language)
    return Reach(
        counsellors=able,
        wait=_wait(topic, language, place=line.count() + 1, now=now) if able else None,
        open=calendar.is_open(now),
        next_opening=calendar.next_opening(now),
    )


def _able(topic: Topic | None, language: str | None) -> int:
    on_duty = Duty.objects.pairable()
    if topic is not None:
        on_duty = on_duty.filter(topics=topic)
    spoken = on_duty.values_list("languages", flat=True)
    return sum(language is None or language in languages for languages in spoken)


def _line(topic: Topic | None, language: str | None) -> ConsultationQuerySet:
    line = Consultation.objects.waiting()
    if topic is not None:
        line = line.filter(topic=topic)
    return line.filter(language=language) if language is not None else line


def _wait(
    topic: Topic | None, language: str | None, *, place: int, now: datetime
) -> WaitRange | None:
    """From the last hour: the waits in the unit, and the pace of this very line."""
    taken = Assignment.objects.filter(at__gte=now - MEASURED_OVER, answer=Assignment.Answer.TAKEN)
    if topic is not None:
        taken = taken.filter(consultation__topic__unit=topic.unit_id)
    found = list(
        taken.values_list("waited", "is_first", "consultation__topic", "consultation__language")
    )
    starts = sum(
        (topic is None or each[2] == topic.pk) and language in (None, each[3]) for each in found
    )
    waits = [waited.total_seconds() for waited, is_first, *_line in found if is_first]
    return wait_range(waits, place=place, starts_an_hour=starts)


def place_of(consultation: Consultation) -> Place:
    """The place in line, by class and arrival, among the same topic and language."""
    now, topic, language = clock.now(), consultation.topic, consultation.language
    earlier = Q(arrived_at__lt=consultation.arrived_at) | Q(
        arrived_at=consultation.arrived_at, id__lt=consultation.pk
    )
    ahead = _line(topic, language).filter(
        Q(priority__lt=consultation.priority) | Q(priority=consultation.priority) & earlier
    )
    number, able = ahead.count() + 1, _able(topic, language)
    return Place(
        number=number,
        wait=_wait(topic, language, place=number, now=now) if able else None,
        counsellors=able,
        waited=now - consultation.arrived_at,
    )


def duty_of(counsellor: User) -> DutyView | None:
    """The present duty of `counsellor`; None when off."""
    duty = Duty.objects.current().filter(counsellor=counsellor).first()
    return view_of(duty, load_of(counsellor.pk), clock.now()) if duty else None


def view_of(duty: Duty, load: float, now: datetime) -> DutyView:
    """`lost` and `full` are derived here, and only here."""
    state = duty.state
    if duty.is_lost(now):
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
    oldest = clock.now() - found["first"] if found["first"] else None
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


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom a conversation could be handed; `hindrance` says why not now."""

    person: User
    hindrance: str


def colleagues_for(consultation: Consultation, counsellor: User) -> list[Colleague]:
    """Everybody else on duty, those who can take this one now first."""
    duties = Duty.objects.current().exclude(counsellor=counsellor).select_related("counsellor")
    load, now = loads(), clock.now()
    found = [
        Colleague(duty.counsellor, _hindrance(duty, load, consultation, now))
        for duty in duties.prefetch_related("topics")
    ]
    return sorted(found, key=lambda each: (bool(each.hindrance), each.person.full_name))


def _hindrance(
    duty: Duty, load: dict[int, float], consultation: Consultation, now: datetime
) -> str:
    """Why this colleague cannot take it now, in the reader's words; empty if they can."""
    held = load.get(duty.counsellor_id, 0.0)
    topics = {topic.pk: topic.capacity for topic in duty.topics.all()}
    if consultation.topic_id not in topics:
        return _("does not take this topic")
    if consultation.language not in duty.languages:
        return _("does not speak the language")
    state = view_of(duty, held, now).state
    if state == Duty.State.AVAILABLE and held + 1 > topics[consultation.topic_id]:
        state = "full"
    return {
        "available": "",
        "break": _("on a break"),
        "draining": _("finishing"),
        "lost": _("disconnected"),
    }.get(state, _("full"))
