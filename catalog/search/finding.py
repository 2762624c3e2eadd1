"""From a question to cards: understood, looked up in the database, ranked here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from catalog.search.concepts import concepts
from catalog.search.ranking import Score, Stock, rank
from catalog.search.store import store
from catalog.search.understanding import Understood, understand

CANDIDATES = 80  # Ranked in Python; the database proposes them.
PROPOSALS = 2_000  # Entries that it looks at for that, or few more.
SIMILAR = 12


class Words:
    """The words of the index, as a lexicon."""

    def having(self, words: Collection[str]) -> Mapping[str, int]:
        return store().having(words)

    def near(self, words: Collection[str]) -> Mapping[str, Sequence[str]]:
        return store().near(words, SIMILAR)

    def sounding(self, skeletons: Collection[str]) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for bones, word in store().sounding(skeletons):
            if not word.isascii():
                found.setdefault(bones, []).append(word)
        return found


@dataclass(frozen=True, slots=True)
class Found:
    """Cards by how well they answer, and how the question was understood."""

    scores: list[Score]
    understood: Understood


def find(question: str) -> Found:
    """The published cards that share anything with the question, best first."""
    understood = understand(question, Words(), concepts())
    stock = Stock(*store().size_of_all(), understood.having)
    entries = store().entries(_telling(understood, stock), CANDIDATES)
    return Found(rank(understood.wishes, entries, stock), understood)


def _telling(understood: Understood, stock: Stock) -> list[str]:
    """The rarest terms, as many as keep the number of entries to look at small; one at least."""
    chosen: list[str] = []
    seen = 0
    for each in sorted(understood.terms, key=lambda each: stock.having[each]):
        seen += stock.having[each]
        if chosen and seen > PROPOSALS:
            break
        chosen.append(each)
    return chosen
