"""Browsing: for whom, at which event of life, by which unit, and whether one has to come.

Each facet has at most one choice, and the choices combine. A count says how many cards are left
when that value is chosen and the other facets stay as they are; nothing leads to an empty list.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from catalog.form.choices import LifeEvent
from catalog.search.models import SearchEntry

AUDIENCE, EVENT, UNIT, ELECTRONIC = "audience", "event", "unit", "electronic"
NAMES = (AUDIENCE, EVENT, UNIT, ELECTRONIC)
YES = "1"
AUDIENCES: Mapping[str, Promise] = {
    "G2C": pgettext_lazy("facet", "Citizens"),
    "G2B": pgettext_lazy("facet", "Businesses"),
    "G2G": pgettext_lazy("facet", "Other public bodies"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody wants to see, as the address says it; an empty text is everything."""

    audience: str = ""
    event: str = ""
    unit: str = ""
    electronic: str = ""

    @classmethod
    def read(cls, address: Mapping[str, str]) -> "Chosen":
        """What is no code of ours is not chosen."""
        said = {name: address.get(name, "")[:100] for name in NAMES}
        return cls(
            audience=said[AUDIENCE] if said[AUDIENCE] in AUDIENCES else "",
            event=said[EVENT] if said[EVENT] in LifeEvent.values else "",
            unit=said[UNIT] if said[UNIT].replace("-", "").replace("_", "").isalnum() else "",
            electronic=YES if said[ELECTRONIC] == YES else "",
        )

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in NAMES)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """What is chosen, as the address says it."""
        return iter([(name, getattr(self, name)) for name in NAMES if getattr(self, name)])

    def condition(self) -> Q:
        """The entries that it leaves."""
        wanted = Q()
        if self.audience:
            wanted &= Q(audiences__contains=f" {self.audience} ")
        if self.event:
            wanted &= Q(life_events__contains=f" {self.event} ")
        if self.unit:
            wanted &= Q(unit__code=self.unit)
        if self.electronic:
            wanted &= Q(electronic=True)
        return wanted


@dataclass(frozen=True, slots=True)
class Kind:
    """So many cards that are the same in every facet."""

    values: Mapping[str, frozenset[str]]
    cards: int

    def fits(self, chosen: Chosen) -> bool:
        return all(value in self.values[name] for name, value in chosen)


@dataclass(frozen=True, slots=True)
class Value:
    code: str
    cards: int
    chosen: bool
    others: Chosen  # The choice without this facet, and with this value of it.
    with_it: Chosen


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    values: list[Value]


def kinds(cards: Iterable[int] | None = None) -> list[Kind]:
    """What there is to browse: of all entries, or of these."""
    entries = (
        SearchEntry.objects.all()
        if cards is None
        else SearchEntry.objects.filter(pk__in=list(cards))
    )
    told = entries.values_list("audiences", "life_events", "unit__code", "electronic")
    return [
        Kind(
            {
                AUDIENCE: frozenset(audiences.split()),
                EVENT: frozenset(events.split()),
                UNIT: frozenset({unit}),
                ELECTRONIC: frozenset({YES} if electronic else ()),
            },
            count,
        )
        for audiences, events, unit, electronic, count in told.annotate(n=Count("pk"))
    ]


def facets(found: Iterable[Kind], chosen: Chosen) -> list[Facet]:
    """Every facet with the values that lead somewhere, in the order of their lists."""
    found = list(found)
    return [_facet(name, found, chosen) for name in NAMES]


def _facet(name: str, found: list[Kind], chosen: Chosen) -> Facet:
    others = replace(chosen, **{name: ""})
    counts: Counter[str] = Counter()
    for each in found:
        if each.fits(others):
            for code in each.values[name]:
                counts[code] += each.cards
    mine = getattr(chosen, name)
    order = {AUDIENCE: list(AUDIENCES), EVENT: LifeEvent.values}.get(name, sorted(counts))
    shown = [code for code in order if counts[code] or code == mine]
    return Facet(
        name,
        [
            Value(code, counts[code], code == mine, others, replace(chosen, **{name: code}))
            for code in shown
        ],
    )
