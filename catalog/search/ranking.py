"""Which card answers best; pure, no database.

A question becomes wishes. Each is one thing that was said, with everything it may mean: of these
the best one counts, so that a word is not counted again for each of its spellings.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.search.documents import BODY, KEYWORDS, TITLE

K1, B = 1.2, 0.6  # The usual constants of BM25: saturation, and how much length counts.


@dataclass(frozen=True, slots=True)
class Meaning:
    """Terms that together say what was meant, and how sure it is."""

    terms: tuple[str, ...]
    weight: float = 1.0


Wish = tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry: how long it is, and its terms, with spaces between them, by where they stand."""

    card: int
    length: float
    title: str
    keywords: str
    body: str

    def counts(self, wanted: frozenset[str]) -> dict[str, int]:
        """How much there is of each wanted term."""
        found: dict[str, int] = {}
        for weight, text in ((TITLE, self.title), (KEYWORDS, self.keywords), (BODY, self.body)):
            for term in wanted.intersection(text.split()):
                found[term] = found.get(term, 0) + weight
        return found


@dataclass(frozen=True, slots=True)
class Score:
    card: int
    score: float


@dataclass(frozen=True, slots=True)
class Stock:
    """The collection as a whole: how many entries, how long, and how many have each term."""

    entries: int
    mean_length: float
    having: Mapping[str, int]

    def rarity(self, term: str) -> float:
        having = min(self.having.get(term, 0), self.entries)
        return math.log(1 + (self.entries - having + 0.5) / (having + 0.5))

    def norm(self, length: float) -> float:
        return K1 * (1 - B + B * length / (self.mean_length or 1.0))


class Ranking:
    """The wishes turned round: for each term, what it helps to fulfil."""

    def __init__(self, wishes: Iterable[Wish], stock: Stock) -> None:
        self._stock = stock
        self._helps: dict[str, list[tuple[int, int, float]]] = {}  # Wish, meaning, how much.
        number = 0
        for place, wish in enumerate(wishes):
            for meaning in wish:
                number += 1
                part = meaning.weight / math.sqrt(len(meaning.terms))
                for term in meaning.terms:
                    self._helps.setdefault(term, []).append(
                        (place, number, part * stock.rarity(term) * (K1 + 1))
                    )
        self._wanted = frozenset(self._helps)

    def worths(self) -> dict[str, float]:
        """What a term may be worth at most; only those that some entry has."""
        return {
            term: max(part for _place, _number, part in helps)
            for term, helps in self._helps.items()
            if term in self._stock.having
        }

    def score(self, candidate: Candidate) -> float:
        """What the best meaning of each wish is worth, all together."""
        norm = self._stock.norm(candidate.length)
        meanings: dict[tuple[int, int], float] = {}
        for term, count in candidate.counts(self._wanted).items():
            full = count / (count + norm)
            for place, number, part in self._helps[term]:
                meaning = place, number
                meanings[meaning] = meanings.get(meaning, 0.0) + part * full
        best: dict[int, float] = {}
        for (place, _number), worth in meanings.items():
            if worth > best.get(place, 0.0):
                best[place] = worth
        return sum(best[place] for place in sorted(best))

    def rank(self, candidates: Iterable[Candidate]) -> list[Score]:
        """Those that fulfil anything, best first; the older card where they are even."""
        scores = [Score(each.card, round(self.score(each), 9)) for each in candidates]
        return sorted((each for each in scores if each.score > 0), key=lambda s: (-s.score, s.card))
