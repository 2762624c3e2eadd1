"""How well a card answers, edition by edition. Pure.

A counsellor says at the end of a conversation whether the card answered and, if not, which field
failed. What was said while an edition applied is that edition's tally; two tallies are set beside
each other, and a share is only spoken of where there is enough to say it of.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    hits: int
    of: int

    @property
    def is_enough(self) -> bool:
        return self.of >= ENOUGH

    @property
    def percent(self) -> int:
        return round(100 * self.hits / self.of) if self.of else 0


@dataclass(slots=True)
class Tally:
    """What was said of a card while one edition applied: "" is the card as a whole."""

    answered: int = 0
    failed: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> Rate:
        """How many found their answer."""
        return Rate(self.answered, self.answered + self.failed.total())

    def failing(self, name: str) -> Rate:
        """In how many of all this field failed."""
        return Rate(self.failed[name], self.rate.of)


@dataclass(frozen=True, slots=True)
class Change:
    """The same figure under the edition before, and since; `earlier` is that edition's number."""

    earlier: int
    before: Rate
    after: Rate

    @property
    def is_told(self) -> bool:
        """Whether shares may be set beside each other; else only the counts are said."""
        return self.before.is_enough and self.after.is_enough


@dataclass(frozen=True, slots=True)
class Said:
    """So many wrap-ups said the same while one edition applied."""

    edition: int
    answered: bool
    field: str
    times: int


def tallies(said: Iterable[Said]) -> dict[int, Tally]:
    """By the number of the edition."""
    found: dict[int, Tally] = {}
    for each in said:
        tally = found.setdefault(each.edition, Tally())
        if each.answered:
            tally.answered += each.times
        else:
            tally.failed[each.field] += each.times
    return found


def change(found: Mapping[int, Tally], number: int, name: str | None = None) -> Change | None:
    """What an edition changed: of answers, or (with `name`) of failures of one field.

    It is compared with the last earlier edition of which anything was said; None if there is none.
    """
    earlier = max((each for each in found if each < number), default=None)
    if earlier is None:
        return None
    before, after = found[earlier], found.get(number, Tally())
    if name is None:
        return Change(earlier, before.rate, after.rate)
    return Change(earlier, before.failing(name), after.failing(name))
