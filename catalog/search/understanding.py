"""What a question says: its words as the index knows them, and what they may mean besides.

Each word is taken for something (`taking`); all of them are then heard for concepts, and become
wishes that a card can fulfil.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from catalog.search.concepts import Concepts
from catalog.search.ranking import Meaning, Wish
from catalog.search.taking import take_known, take_latin, take_near
from catalog.search.terms import pair
from catalog.search.words import Lexicon, Word, forms, words_of
from persian.folding import fold, light_stem
from persian.speech import says_little
from persian.text import ZWNJ

CONCEPT, PAIR = 0.9, 0.8


@dataclass(frozen=True, slots=True)
class Understood:
    """The wishes of a question, and which of its words nobody knew."""

    wishes: list[Wish]
    having: Mapping[str, int]
    words: list[Word]


def understand(question: str, lexicon: Lexicon, concepts: Concepts) -> Understood:
    """Read the question with the words of the index at hand."""
    words = words_of(question)
    having = dict(lexicon.having({each for word in words for each in forms(word)}))
    for word in words:
        take_known(word, having, concepts)
    take_latin(words, lexicon, concepts)
    take_near(words, lexicon, concepts)
    heard = concepts.heard([each.keys() for each in words])
    meant = {each.concept: each.strength for each in heard}
    told = [word for word in words if not word.little]
    wishes = [_wish(word) for word in told if word.taken]
    wishes += [_neighbours(one, other) for one, other in pairwise(told)]
    wishes += [_concept(concepts.means[each], sure) for each, sure in meant.items()]
    wishes = [each for each in wishes if each]
    wanted = {term for wish in wishes for each in wish for term in each.terms}
    return Understood(wishes, lexicon.having(wanted), words)


def _wish(word: Word) -> Wish:
    taken = dict(word.taken)
    for each, sure in word.taken.items():
        taken.setdefault(light_stem(each), sure * 0.95)
    return tuple(Meaning((each,), sure) for each, sure in taken.items())


def _neighbours(one: Word, other: Word) -> Wish:
    return tuple(
        Meaning((pair(first, second),), one.taken[first] * other.taken[second] * PAIR)
        for first in one.best[:2]
        for second in other.best[:2]
    )


def _concept(means: Iterable[str], sure: float) -> Wish:
    return tuple(Meaning(_official(text), sure * CONCEPT) for text in means if _official(text))


@lru_cache(4096)
def _official(text: str) -> tuple[str, ...]:
    """The words of an official phrase, and its neighbours in pairs."""
    words = [
        each
        for each in fold(text).replace(ZWNJ, " ").split()
        if not says_little(each) and len(each) > 1
    ]
    pairs = [pair(one, other) for one, other in pairwise(words)]
    return (*map(light_stem, words), *pairs)
