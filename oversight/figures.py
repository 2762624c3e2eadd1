"""The row of numbers at the head of the board: what waits now, and how today has gone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Min, Q
from django.utils import timezone

from consult.models import Assignment, ConsultationQuerySet
from consult.queries import DutyView
from consult.timers import timer

ENOUGH = 5  # Answers below which no share is shown.


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The row of numbers at the top; None where there is not enough to tell."""

    oldest: timedelta | None
    waiting: int
    urgent: int
    talking: int
    load: float
    capacity: int
    first_reply_median: float | None
    first_reply_target: timedelta
    paired: int
    late: int
    abandoned_share: int | None
    solved_share: int | None


def figures_of(mine: ConsultationQuerySet, people: list[DutyView], now: datetime) -> Figures:
    line = (
        mine.waiting()
        .order_by()
        .aggregate(
            waiting=Count("id"), first=Min("arrived_at"), urgent=Count("id", filter=Q(priority=0))
        )
    )
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = mine.filter(arrived_at__gte=midnight)
    return Figures(
        oldest=now - line["first"] if line["first"] else None,
        waiting=line["waiting"],
        urgent=line["urgent"],
        talking=mine.held().count(),
        load=sum(view.load for view in people),
        capacity=sum(view.capacity for view in people),
        first_reply_median=_first_reply(today),
        first_reply_target=timer("first_reply_target"),
        **_breaches(mine, midnight),
        abandoned_share=_share(today.closed(), Q(close_reason="abandoned")),
        solved_share=_share(today.exclude(outcome=""), Q(outcome="solved")),
    )


def _first_reply(today: ConsultationQuerySet) -> float | None:
    answered = today.filter(first_reply_at__isnull=False, assigned_at__isnull=False)
    waits = [
        (first - assigned).total_seconds()
        for first, assigned in answered.values_list("first_reply_at", "assigned_at")
        if first and assigned and first > assigned
    ]
    return float(median(waits)) if waits else None


def _breaches(mine: ConsultationQuerySet, since: datetime) -> dict[str, int]:
    """How many first replies were owed since then, and how many missed their target.

    Each pairing owes one: whoever gave a consultation away after a breach has not undone it.
    """
    taken = Assignment.objects.filter(
        at__gte=since, answer=Assignment.Answer.TAKEN, consultation__in=mine.order_by().values("pk")
    )
    return taken.aggregate(paired=Count("pk"), late=Count("pk", filter=Q(late_reply=True)))


def _share(found: ConsultationQuerySet, wanted: Q) -> int | None:
    counted = found.order_by().aggregate(all=Count("id"), some=Count("id", filter=wanted))
    if counted["all"] < ENOUGH:
        return None
    return round(100 * int(counted["some"]) / int(counted["all"]))
