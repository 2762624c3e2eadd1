"""The live board: what a supervisor must see now, danger first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role, User
from agency.bilingual import readers_language
from agency.models import Topic
from consult import clock
from consult.load import loads
from consult.models import Consultation, ConsultationQuerySet, Duty
from consult.queries import DutyView, view_of
from consult.timers import timer
from oversight.figures import Figures, figures_of
from persian.digits import in_digits_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """Something that needs a hand now."""

    kind: str
    label: str
    topic: str
    counsellor: str
    since: timedelta
    url: str
    level: str = "bad"


@dataclass(frozen=True, slots=True)
class LineRow:
    topic: Topic
    waiting: int
    oldest: timedelta
    share: int
    counsellors: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    person: User
    state: str
    label: str
    load: float
    capacity: int
    share: int


@dataclass(frozen=True, slots=True)
class TalkRow:
    consultation: Consultation
    counsellor: User
    since: timedelta


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on it, for one supervisor's units."""

    figures: Figures
    dangers: list[Danger]
    lines: list[LineRow]
    talks: list[TalkRow]
    people: list[PersonRow]


def board_of(supervisor: User) -> Board:
    """What this supervisor's units look like at this moment."""
    now = clock.now()
    mine = Consultation.objects.supervised_by(supervisor)
    people = on_duty(supervisor)
    talks = list(mine.held().select_related("topic", "case", "holder").order_by("assigned_at"))
    lost = {each.duty.counsellor_id for each in people if each.state == "lost"}
    return Board(
        figures=figures_of(mine, people, now),
        dangers=[*_dangers_of_talks(talks, lost, now), *_dangers_of_line(mine, now)],
        lines=_lines(mine, people, now),
        talks=[_talk(each, now) for each in talks],
        people=[_person(each) for each in people],
    )


def on_duty(supervisor: User) -> list[DutyView]:
    """The counsellors of this supervisor's units who are on duty, by name."""
    units = supervisor.units_as(Role.SUPERVISOR)
    colleagues = User.objects.filter(posts__role=Role.COUNSELLOR, posts__unit__in=units)
    duties = Duty.objects.current().filter(counsellor__in=colleagues).select_related("counsellor")
    load, now = loads(), clock.now()
    views = [
        view_of(duty, load.get(duty.counsellor_id, 0.0), now)
        for duty in duties.prefetch_related("topics")
    ]
    return sorted(views, key=lambda view: view.duty.counsellor.full_name)


def _dangers_of_talks(talks: list[Consultation], lost: set[int], now: datetime) -> list[Danger]:
    dangers = []
    for each in talks:
        silent = now - each.awaiting_since
        owed = each.awaiting == Consultation.Awaiting.COUNSELLOR
        if each.is_on_hold:
            continue
        if each.holder_id in lost:
            dangers.append(_danger("lost", _("The counsellor is disconnected"), each, silent))
        elif each.is_offered:
            dangers += _dangers_of_offers(each, now)
        elif owed and _is_unanswered(each) and silent > timer("first_reply_target"):
            dangers.append(_danger("first_reply", _("The first reply is late"), each, silent))
        elif owed and silent > timer("counsellor_silent_nudge"):
            told = each.supervisors_told_at
            level = "bad" if told and told >= each.awaiting_since else "warn"
            label = _("The counsellor is silent")
            dangers.append(_danger("silent", label, each, silent, level=level))
    return dangers


def _is_unanswered(each: Consultation) -> bool:
    """Whoever holds it has said nothing yet; a former counsellor may have."""
    return each.assigned_at is not None and each.awaiting_since <= each.assigned_at


def _dangers_of_offers(each: Consultation, now: datetime) -> list[Danger]:
    """Offered so often in vain that a supervisor should look."""
    if each.offers < settings.OFFERS_BEFORE_ALARM:
        return []
    words = ngettext(
        "Offered %(count)s time, taken by nobody",
        "Offered %(count)s times, taken by nobody",
        each.offers,
    )
    shown = in_digits_of(str(each.offers), readers_language())
    return [_danger("offers", words % {"count": shown}, each, now - each.arrived_at)]


def _dangers_of_line(mine: ConsultationQuerySet, now: datetime) -> list[Danger]:
    late = mine.waiting().filter(arrived_at__lt=now - timer("promise"))
    refused = mine.waiting().filter(offers__gte=settings.OFFERS_BEFORE_ALARM)
    in_vain = [
        danger
        for each in refused.select_related("topic")[:20]
        for danger in _dangers_of_offers(each, now)
    ]
    return in_vain + [
        _danger("waits", _("Waits longer than promised"), each, now - each.arrived_at)
        for each in late.select_related("topic")[:20]
    ]


def _danger(
    kind: str, label: str, each: Consultation, since: timedelta, level: str = "bad"
) -> Danger:
    return Danger(
        kind=kind,
        label=label,
        topic=each.topic.title,
        counsellor=each.holder.full_name if each.holder else "",
        since=since,
        url=reverse("oversight:read", args=[each.pk]),
        level=level,
    )


def _lines(mine: ConsultationQuerySet, people: list[DutyView], now: datetime) -> list[LineRow]:
    counted = mine.waiting().order_by().values_list("topic")
    by_topic = {
        topic: (n, first)
        for topic, n, first in counted.annotate(n=Count("id"), first=Min("arrived_at"))
    }
    topics = Topic.objects.in_bulk(by_topic)
    rows = []
    for pk, (waiting, first) in by_topic.items():
        able = [view for view in people if pk in {topic.pk for topic in view.duty.topics.all()}]
        share = round(100 * ((now - first) / timer("promise")))
        rows.append(LineRow(topics[pk], waiting, now - first, share, _who(able)))
    return sorted(rows, key=lambda row: (not row.topic.urgent, -row.share))


def _who(able: list[DutyView]) -> str:
    free = sum(view.state == "available" for view in able)
    if not able:
        return _("nobody on duty")
    words = _("%(all)s, %(free)s with room") % {"all": len(able), "free": free}
    return in_digits_of(words, readers_language())


def _talk(each: Consultation, now: datetime) -> TalkRow:
    assert each.holder is not None
    return TalkRow(each, each.holder, now - (each.assigned_at or each.arrived_at))


def _person(view: DutyView) -> PersonRow:
    labels = {"lost": _("disconnected"), "full": _("full")}
    label = labels.get(view.state) or view.duty.get_state_display()
    if view.state == Duty.State.BREAK and view.duty.break_reason:
        label = f"{label}: {view.duty.break_words}"
    share = min(100, round(100 * view.load / view.capacity))
    return PersonRow(view.duty.counsellor, view.state, label, view.load, view.capacity, share)
