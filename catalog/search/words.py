"""The words of a question, each with what it may be, and the words that the index knows."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from catalog.search.concepts import Keys
from catalog.search.terms import LONGEST
from persian.folding import fold, light_stem
from persian.speech import readings, says_little
from persian.text import ZWNJ
from persian.verbs import infinitive

_NOT = re.compile(r"n['’]t\b", re.IGNORECASE)  # English glues its "not", too.
MOST_WORDS = 48  # Of a long letter the beginning says what it is about.


class Lexicon(Protocol):
    """The words of the index."""

    def having(self, words: Collection[str]) -> Mapping[str, int]:
        """In how many entries each of them is; unknown ones are not there."""

    def near(self, words: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Known words that resemble these."""

    def sounding(self, skeletons: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Known words of these consonants."""


@dataclass(slots=True)
class Word:
    """One word of the question and what it may be, surest first."""

    typed: str
    little: bool
    latin: bool
    taken: dict[str, float] = field(default_factory=dict)
    certain: bool = False
    instead: str = ""  # The known word that this unknown one is a misspelling of, surely.

    def take(self, word: str, sure: float) -> None:
        if sure > self.taken.get(word, 0):
            self.taken[word] = sure

    @property
    def best(self) -> list[str]:
        return sorted(self.taken, key=lambda each: -self.taken[each])

    def keys(self) -> Keys:
        names = {infinitive(self.typed)} | {infinitive(each) for each in self.taken}
        known = {each for each, sure in self.taken.items() if sure >= 0.5}
        return frozenset({self.typed, *known, *map(light_stem, known), *names} - {""})


def words_of(question: str) -> list[Word]:
    """The folded words, each once."""
    return [_word(each) for each in _parted(question)][:MOST_WORDS]


def _parted(question: str) -> list[str]:
    """The folded words, each once, with their ZWNJ."""
    return list(dict.fromkeys(fold(_NOT.sub(" not", question)).split()))


def _word(folded: str) -> Word:
    joined = folded.replace(ZWNJ, "")[:LONGEST]
    latin = joined.isascii() and joined.isalpha()
    word = Word(joined, says_little(joined) or len(joined) < 2, latin)
    word.taken = dict.fromkeys(folded.split(ZWNJ), 0.0) if ZWNJ in folded else {}
    return word


def forms(word: Word) -> set[str]:
    """What the index may know it as."""
    if word.little:
        return set()
    parts = {each for each in word.taken if len(each) > 2 and not says_little(each)}
    return {*readings(word.typed), *parts, light_stem(word.typed)}
