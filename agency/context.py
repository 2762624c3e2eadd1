"""What every page knows: whose service this is, when it is open, where its staff may go.

Nothing is asked of the database before a template says it, so a fragment costs nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from agency.bilingual import readers_language
from agency.models import Agency, OpeningHours, Topic
from persian.digits import in_digits_of

WEEK = [5, 6, 0, 1, 2, 3, 4]  # It begins on Saturday.


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place where this person works."""

    url_name: str
    label: str
    current: bool


def words(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    agency: Any = SimpleLazyObject(find_agency)
    return {
        "agency": agency,
        "emergency_topic": SimpleLazyObject(lambda: agency.emergency if agency else ""),
        "hours_line": SimpleLazyObject(hours_line),
        "demo": settings.MODE == "demo",
        "font_installed": settings.FONT_INSTALLED,
        "nav": SimpleLazyObject(partial(places, request)),
    }


def find_agency() -> Agency | None:
    urgent = Topic.objects.filter(urgent=True).order_by("pk").values("code")[:1]
    return Agency.objects.annotate(emergency=Subquery(urgent)).first()


def hours_line() -> str:
    """«شنبه تا چهارشنبه، ساعت ۷:۳۰ تا ۱۴:۳۰»: days with the same hours, told together."""
    week = OpeningHours.objects.filter(unit=None, valid_from__lte=timezone.localdate())
    rows = list(week)
    newest = [row for row in rows if row.valid_from == rows[-1].valid_from]
    line = _("; ").join(_told(newest))
    return in_digits_of(line, readers_language())


def _told(rows: list[OpeningHours]) -> Iterator[str]:
    windows = {day: _windows(rows, day) for day in WEEK}
    for window, group in groupby(WEEK, key=windows.__getitem__):
        days = [OpeningHours.Weekday(day).label for day in group]
        if not window:
            continue
        first, last = str(days[0]), str(days[-1])
        several = _("%(first)s to %(last)s") % {"first": first, "last": last}
        when = several if len(days) > 1 else first
        yield _("%(days)s, %(hours)s") % {"days": when, "hours": window}


def _windows(rows: list[OpeningHours], day: int) -> str:
    told = (
        _("%(opens)s to %(closes)s")
        % {"opens": f"{row.opens_at:%-H:%M}", "closes": f"{row.closes_at:%-H:%M}"}
        for row in rows
        if row.weekday == day
    )
    return _(" and ").join(told)


def places(request: HttpRequest) -> list[NavItem]:
    """Where this person of the staff may go; nowhere for a citizen."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    roles = {post.role for post in person.posts.all()}
    here = request.resolver_match.view_name if request.resolver_match else ""
    every = [
        ("desk:console", _("Conversations"), {"counsellor"}),
        ("desk:list-tickets", _("Tickets"), {"counsellor", "supervisor", "administrator"}),
        ("oversight:board", _("Live board"), {"supervisor"}),
        ("oversight:search", _("Transcripts"), {"supervisor"}),
        ("editorial:list-cards", _("Service cards"), {"editor"}),
        ("admin:index", _("Administration"), {"administrator"}),
    ]
    return [
        NavItem(name, label, current=here in SECTIONS.get(name, {name}))
        for name, label, wanted in every
        if roles & wanted
    ]


SECTIONS = {
    "desk:console": {"desk:console", "desk:console-consultation", "desk:open-ticket"},
    "desk:list-tickets": {"desk:list-tickets", "desk:show-ticket"},
    "oversight:search": {"oversight:search", "oversight:read"},
    "editorial:list-cards": {
        "editorial:list-cards",
        "editorial:list-questions",
        "editorial:begin-card",
        "editorial:edit-card",
        "editorial:review-card",
        "editorial:show-editions",
    },
}
