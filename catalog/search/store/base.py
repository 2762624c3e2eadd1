"""What every store can do; the statements themselves are each database's own.

A store proposes: entries that share terms with a question, and words that share letters with a
misspelt one. What is best among them is decided in Python, so that it is the same everywhere.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar, Final

from django.core.cache import cache

from catalog.search.ranking import Candidate
from trust.statements import answers

SIZE: Final = "catalog.search.size"
MANY: Final = 1_000  # Counting so many takes as long as looking one up.
KEPT: Final = 60  # Seconds.


class Store(ABC):
    """The few statements that the two databases say differently.

    Written out and of one text each, because every question runs them all and the ORM would cost
    more than they do.
    """

    create: ClassVar[Sequence[str]]  # What a migration adds to the tables of the models.
    drop: ClassVar[Sequence[str]]
    known: ClassVar[str]
    consonants: ClassVar[str]
    ranked: ClassVar[str]
    size = "SELECT count(length), sum(length) FROM catalog_searchentry"

    def size_of_all(self) -> tuple[int, float]:
        """How many entries there are, and how long on average; of many, as of a minute ago."""
        known: tuple[int, float] | None = cache.get(SIZE)
        if known is None:
            [(count, total)] = rows(self.size)
            known = count, (total or 0.0) / (count or 1)
            if count >= MANY:
                cache.set(SIZE, known, KEPT)
        return known

    def having(self, words: Collection[str]) -> dict[str, int]:
        """In how many entries each of these words is; unknown ones are left out."""
        return dict(rows(self.known, self.listed(words))) if words else {}

    def sounding(self, skeletons: Collection[str]) -> list[tuple[str, str]]:
        """Known words of these consonants, each after its consonants; frequent ones first."""
        return rows(self.consonants, self.listed(skeletons)) if skeletons else []

    @abstractmethod
    def entries(self, worths: Mapping[str, float], most: int) -> list[Candidate]:
        """The entries that have any of these terms, those first in which they are worth most."""

    @abstractmethod
    def near(self, words: Collection[str], most: int) -> dict[str, list[str]]:
        """For each of these words so many known ones that share letters with it."""

    @abstractmethod
    def listed(self, values: Collection[str]) -> Any:
        """Many values as one."""


def rows(statement: str, *given: Any) -> list[Any]:
    [found] = answers((statement, list(given)))
    return found
