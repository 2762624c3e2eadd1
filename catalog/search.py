"""Which card answers this question: words and trigrams, ranked; pure, no database.

Light stems find other endings of a word, trigrams find misspelt ones, and the topics' keywords
bring the words that people say instead of the official ones.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from persian.folding import tokens, trigrams

K1, B = 1.2, 0.6  # The usual constants of BM25: saturation, and how much length counts.
TITLE, KEYWORDS, BODY = 3, 4, 1


@dataclass(frozen=True, slots=True)
class Document:
    """One card as the search sees it."""

    card: int
    title: str
    keywords: str
    body: str


@dataclass(frozen=True, slots=True)
class Score:
    card: int
    score: float


class SearchIndex:
    """Built once for a set of documents; asked many times."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._cards: list[int] = []
        lengths = []
        for place, document in enumerate(documents):
            counts = _weighted(document)
            self._cards.append(document.card)
            lengths.append(sum(counts.values()))
            for term, count in counts.items():
                self._postings[term].append((place, count))
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        self._norms = [K1 * (1 - B + B * length / mean) for length in lengths]

    def rank(self, question: str) -> list[Score]:
        """Every card that shares anything with `question`, best first."""
        scores: dict[int, float] = defaultdict(float)
        for term in set(terms(question)):
            rarity = self._rarity(term)
            for place, count in self._postings.get(term, ()):
                scores[place] += rarity * count * (K1 + 1) / (count + self._norms[place])
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return [Score(self._cards[place], score) for place, score in ranked]

    def _rarity(self, term: str) -> float:
        having = len(self._postings.get(term, ()))
        return math.log(1 + (len(self._cards) - having + 0.5) / (having + 0.5))


def terms(text: str) -> Sequence[str]:
    """What a text is found by: its words and stems, and the trigrams of its words."""
    return [*tokens(text), *("#" + each for each in trigrams(text))]


def _weighted(document: Document) -> Counter[str]:
    counts: Counter[str] = Counter()
    fields = ((TITLE, document.title), (KEYWORDS, document.keywords), (BODY, document.body))
    for weight, text in fields:
        for term in terms(text):
            counts[term] += weight
    return counts
