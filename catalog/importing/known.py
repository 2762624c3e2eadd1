"""The cards that there are, and what a row calls its own: its keys, its address, its parent."""

from collections.abc import Iterable
from hashlib import sha256

from django.utils.translation import gettext as _

from catalog.importing.rows import Proposal, RefusedError
from catalog.importing.slugs import slug_of
from catalog.models import ServiceCard


class Known:
    """The cards that there are, by everything that a row may know them by."""

    def __init__(self) -> None:
        self.slugs: set[str] = set()
        self.codes: set[str] = set()
        self.above: dict[str, str | None] = {}
        self._found: dict[tuple[str, str], int] = {}
        columns = ("pk", "slug", "code", "national_id", "parent__slug")
        for pk, slug, code, national_id, parent in ServiceCard.objects.values_list(*columns):
            self.slugs.add(slug)
            self.above[slug] = parent
            self.codes.add(code)
            self._found |= {("slug", slug): pk, ("code", code): pk}
            if national_id:
                self._found["national_id", national_id] = pk

    def find(self, each: Proposal) -> int | None:
        """The card of this row; `RefusedError` where its keys belong to different cards."""
        found = {self._found[key] for key in keys_of(each) if key in self._found}
        if len(found) > 1:
            raise RefusedError(_("Its address, code and national id belong to different cards."))
        return next(iter(found), None)

    def at(self, address: str | None) -> int | None:
        """The card at an address."""
        return self._found.get(("slug", address)) if address else None

    def add(self, cards: Iterable[ServiceCard]) -> None:
        """These are there by now."""
        self._found |= {("slug", each.slug): each.pk for each in cards}


def parents_first(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The same, in their order, but for those that wait until the one they are a part of is in."""
    rows = list(proposals)
    called = {address_of(each): each for each in reversed(rows)}
    ordered: list[Proposal] = []
    placed: set[int] = set()
    for row in rows:
        line: list[Proposal] = []
        each: Proposal | None = row
        while each is not None and id(each) not in placed:
            placed.add(id(each))
            line.append(each)
            each = called.get(each.form.get("parent") or "")
        ordered += reversed(line)
    return ordered


def address_of(each: Proposal) -> str:
    return each.slug or made_up_slug(each)


def keys_of(each: Proposal) -> list[tuple[str, str]]:
    """What a card is known again by; the address made of its title where it has nothing else."""
    said = [("national_id", each.national_id), ("code", each.code), ("slug", each.slug)]
    keys = [(name, value) for name, value in said if value]
    return keys or [("slug", made_up_slug(each))]


def made_up_slug(each: Proposal) -> str:
    """Of the English title, else of the Persian one, else of what else there is."""
    english = slug_of(each.form["title"].get("en", ""))
    return english or slug_of(each.title) or slug_of(each.code or each.national_id or "") or "card"


def made_up_code(each: Proposal, slug: str, taken: set[str]) -> str:
    """The national id, or a short mark of the address."""
    if each.national_id and each.national_id not in taken:
        return each.national_id
    return f"I-{sha256(slug.encode()).hexdigest()[:12]}"
