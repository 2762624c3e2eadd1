"""From a question to cards: understood, looked up in the database, ranked here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from catalog.search.concepts import concepts
from catalog.search.models import SearchWord
from catalog.search.ranking import Ranking, Score, Stock
from catalog.search.store import store
from catalog.search.understanding import Understood, understand
from persian.folding import words_of
from persian.text import ZWNJ

CANDIDATES = 50  # Ranked in Python; the database proposes them.
PROPOSALS = 1_200  # Entries that it looks at for that, or few more.
SIMILAR = 12
SURELY = 0.55  # As sure as this of a word, it is marked where it stands in a card.


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


def heard(question: str, understood: Understood) -> str:
    """The question, and the known words that its words were taken for."""
    taken = [
        word
        for each in understood.words
        for word, sure in each.taken.items()
        if sure >= SURELY and word != each.typed
    ]
    return " ".join([question, *taken])


def did_you_mean(question: str, understood: Understood) -> str:
    """The question with its unknown words spelt as known ones are; empty if there are none."""
    instead = {each.typed: each.instead for each in understood.words if each.instead}
    known = SearchWord.objects.filter(pk__in=instead.values())
    written = {each.word: each.spelling or each.word for each in known}
    pieces, done = [], 0
    for start, end, word in words_of(question):
        if better := written.get(instead.get(word.replace(ZWNJ, ""), "")):
            pieces += [question[done:start], better]
            done = end
    return "".join([*pieces, question[done:]]) if pieces else ""


def _telling(worths: Mapping[str, float], stock: Stock) -> dict[str, float]:
    """The terms worth most, as long as few enough entries have them; one at least."""
    chosen: dict[str, float] = {}
    seen = 0
    for each in sorted(worths, key=lambda term: (-worths[term], term)):
        if not chosen or seen + stock.having[each] <= PROPOSALS:
            seen += stock.having[each]
            chosen[each] = worths[each]
    return chosen
