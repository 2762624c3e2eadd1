"""From a question to cards: understood, looked up in the database, ranked here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from catalog.search.concepts import concepts
from catalog.search.ranking import Ranking, Score, Stock
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
    ranking = Ranking(understood.wishes, stock)
    worths = _telling(ranking.worths(), stock)
    entries = store().entries(worths, CANDIDATES) if worths else []
    return Found(ranking.rank(entries), understood)


def _telling(worths: Mapping[str, float], stock: Stock) -> dict[str, float]:
    """The terms worth most, as long as few enough entries have them; one at least."""
    chosen: dict[str, float] = {}
    seen = 0
    for each in sorted(worths, key=lambda term: (-worths[term], term)):
        if not chosen or seen + stock.having[each] <= PROPOSALS:
            seen += stock.having[each]
            chosen[each] = worths[each]
    return chosen
