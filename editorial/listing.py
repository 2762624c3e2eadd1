"""The editors' list: one stage of it, the words looked for in it, one page of it.

The public search knows only what is published; an editor looks for drafts as well, and mostly by
a piece of a title or a code. So the words are looked for as they are, folded, in every card's.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from catalog.models import ServiceCard
from editorial.queries import Standing, narrowed, standing_of
from persian.folding import fold
from persian.text import ZWNJ

ON_A_PAGE = 50
LONGEST = 200  # Letters of what is looked for.
SAID = ("code", "slug", "national_id", "title_fa", "title_en", "draft_fa", "draft_en")


@dataclass(frozen=True, slots=True)
class Listing:
    """What the page shows, and how it is got at again."""

    stage: str
    q: str
    page: "Page[Any]"
    standings: list[Standing]

    @property
    def others(self) -> str:
        """What the other stages keep in their address."""
        return urlencode({"q": self.q}) if self.q else ""

    @property
    def here(self) -> str:
        """The address of what is shown, without its page."""
        kept = {"stage": self.stage, "q": self.q}
        said = urlencode({name: value for name, value in kept.items() if value})
        return f"?{said}" if said else ""


def listing(cards: "QuerySet[ServiceCard]", said: Any) -> Listing:
    """The part of `cards` that an address asks for."""
    stage, q = said.get("stage", ""), said.get("q", "")[:LONGEST].strip()
    left = narrowed(cards, stage).order_by("unit_id", "code")
    numbers = found(left, q) if words_of(q) else left.values_list("pk", flat=True)
    page = Paginator(numbers, ON_A_PAGE).get_page(said.get("page"))
    shown = {each.pk: each for each in cards.filter(pk__in=list(page))}
    return Listing(stage, q, page, [standing_of(shown[pk]) for pk in page])


def found(cards: "QuerySet[ServiceCard]", q: str) -> list[int]:
    """The cards that have every word of `q` in their codes or their titles, the draft's too."""
    wanted = words_of(q)
    title = KeyTransform("title", "draft__content")
    drafts = cards.annotate(
        draft_fa=KeyTextTransform("fa", title), draft_en=KeyTextTransform("en", title)
    )
    return [
        pk
        for pk, *said in drafts.values_list("pk", *SAID)
        if all(word in _folded(" ".join(filter(None, said))) for word in wanted)
    ]


def words_of(q: str) -> list[str]:
    return _folded(q).split()


def _folded(text: str) -> str:
    return fold(text).replace(ZWNJ, "")
