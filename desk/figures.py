"""What may be published of the cases about a service: how many are open, how long they take.

Counted are tickets: a live conversation is over in minutes and promises no day. A figure over fewer
than ten cases could point at a person, so it is not published.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.core.cache import cache
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from catalog.models import ServiceCard
from desk.models import Ticket

LEAST = 10
LOOKED_BACK = timedelta(days=365)
KEPT = 300  # Seconds.
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """None where there are too few to tell. Half of a year's answers took `days` or less."""

    open: int | None = None
    days: int | None = None


def case_figures(card: int) -> CaseFigures:
    """Of the card with this number; at most five minutes old."""
    key = f"desk.figures.{card}"
    found: CaseFigures | None = cache.get(key)
    if found is None:
        found = _counted(card)
        cache.set(key, found, KEPT)
    return found


def _counted(card: int) -> CaseFigures:
    """One statement, along the index of tickets by card."""
    tickets = Ticket.objects.filter(card=OuterRef("pk"))
    numbers = ServiceCard.objects.annotate(
        cases=_number_of_cases(tickets),
        running=_number_of_cases(tickets.open()),
        middle=Subquery(_middle(tickets)),
    ).values_list("cases", "running", "middle")
    cases, running, middle = numbers.get(pk=card)
    return CaseFigures(
        open=running if cases >= LEAST else None,
        days=max(1, ceil(middle / DAY)) if middle is not None else None,
    )


def _number_of_cases(tickets: "QuerySet[Ticket]") -> Coalesce:
    counted = tickets.order_by().values("card").annotate(n=Count("case", distinct=True))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def _middle(tickets: "QuerySet[Ticket]") -> "QuerySet[Ticket, timedelta]":
    """The time that half of the answered ones did not exceed."""
    answered = tickets.filter(
        status__in=(Ticket.Status.RESOLVED, Ticket.Status.CLOSED),
        resolved_at__gte=timezone.now() - LOOKED_BACK,
    )
    placed = answered.annotate(
        took=F("resolved_at") - F("created_at"),
        place=Window(RowNumber(), order_by=F("resolved_at") - F("created_at")),
        of=Window(Count("pk")),
    )
    middle = placed.filter(of__gte=LEAST, place=(F("of") + 1) / 2)
    return middle.order_by().values_list("took", flat=True)[:1]
