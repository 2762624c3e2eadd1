"""What a question says: its words as the index knows them, and what they may mean besides.

Known words are taken as they are; spoken forms are cut until a known word is left; Persian in
Latin letters is looked up by its consonants; whatever is still unknown is taken for the known
words that it resembles. All of it is then heard for concepts.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from catalog.search.concepts import Concepts, Keys
from catalog.search.ranking import Meaning, Wish
from catalog.search.terms import LONGEST, pair
from persian.folding import fold, light_stem
from persian.latin import latin_readings, likeness, skeleton
from persian.nearness import nearness
from persian.speech import LATIN_PARTICLES, readings, says_little
from persian.text import ZWNJ
from persian.verbs import infinitive

_NOT = re.compile(r"n['’]t\b", re.IGNORECASE)  # English glues its "not", too.
MOST_WORDS = 48  # Of a long letter the beginning says what it is about.
MOST_UNKNOWN = 6
NEAR, LIKE = 0.62, 0.62  # What is less alike is another word.
SURE = 0.74  # So much alike, it is worth asking: "did you mean …?"
CUT, MISSPELT, LATIN, CONCEPT, PAIR = 0.9, 0.8, 0.9, 0.9, 0.8


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


@dataclass(frozen=True, slots=True)
class Understood:
    """The wishes of a question, and which of its words nobody knew."""

    wishes: list[Wish]
    having: Mapping[str, int]
    words: list[Word]


def understand(question: str, lexicon: Lexicon, concepts: Concepts) -> Understood:
    """Read the question with the words of the index at hand."""
    words = [_word(each) for each in _parted(question)][:MOST_WORDS]
    having = dict(lexicon.having({each for word in words for each in _forms(word)}))
    for word in words:
        _take_known(word, having, concepts)
    _take_latin(words, lexicon, concepts)
    _take_near(words, lexicon, concepts)
    heard = concepts.heard([each.keys() for each in words])
    meant = {each.concept: each.strength for each in heard}
    told = [word for word in words if not word.little]
    wishes = [_wish(word) for word in told if word.taken]
    wishes += [_neighbours(one, other) for one, other in pairwise(told)]
    wishes += [_concept(concepts.means[each], sure) for each, sure in meant.items()]
    wishes = [each for each in wishes if each]
    wanted = {term for wish in wishes for each in wish for term in each.terms}
    return Understood(wishes, lexicon.having(wanted), words)


def _parted(question: str) -> list[str]:
    """The folded words, each once, with their ZWNJ."""
    return list(dict.fromkeys(fold(_NOT.sub(" not", question)).split()))


def _word(folded: str) -> Word:
    joined = folded.replace(ZWNJ, "")[:LONGEST]
    latin = joined.isascii() and joined.isalpha()
    word = Word(joined, says_little(joined) or len(joined) < 2, latin)
    word.taken = dict.fromkeys(folded.split(ZWNJ), 0.0) if ZWNJ in folded else {}
    return word


def _forms(word: Word) -> set[str]:
    if word.little:
        return set()
    parts = {each for each in word.taken if len(each) > 2 and not says_little(each)}
    return {*readings(word.typed), *parts, light_stem(word.typed)}


def _take_known(word: Word, having: Mapping[str, int], concepts: Concepts) -> None:
    parts = [each for each in word.taken if len(each) > 2 and not says_little(each)]
    word.taken = {}
    if word.little:
        return
    for each in parts:
        if each in having or each in concepts.words:
            word.take(each, CUT)
    forms = readings(word.typed)
    if word.typed in having:
        word.take(word.typed, 1.0)
        word.take(light_stem(word.typed), 0.95)
        word.certain = True
        return
    known = [each for each in forms if each in having]
    for sure, each in zip((CUT, CUT - 0.15, CUT - 0.3), known, strict=False):
        word.take(each, sure if each != forms[0] else 1.0)
    for each in forms[:8]:
        if each in concepts.words:
            word.take(each, 0.6)
    word.certain = bool(word.taken)


def _take_latin(words: Iterable[Word], lexicon: Lexicon, concepts: Concepts) -> None:
    """Words in Latin letters that are no English here may be Persian."""
    open_words = [each for each in words if each.latin and not each.taken and not each.little]
    for word in open_words:
        word.little = word.typed in LATIN_PARTICLES
    open_words = [each for each in open_words if not each.little]
    if not open_words:
        return
    bones = {each.typed: _skeletons(each.typed) for each in open_words}
    found = lexicon.sounding({bone for each in bones.values() for bone in each.values()})
    for word in open_words:
        alike = [
            (likeness(reading, each) * (1 - 0.03 * (len(word.typed) - len(reading))), each)
            for reading, bone in bones[word.typed].items()
            for each in (*found.get(bone, ()), *concepts.sounding(bone))
        ]
        for sure, each in sorted(alike, reverse=True)[:4]:
            if sure >= LIKE:
                word.take(each, sure * LATIN)
        word.certain = bool(word.taken)


def _skeletons(typed: str) -> dict[str, str]:
    return {each: bone for each in latin_readings(typed) if len(bone := skeleton(each)) > 1}


def _take_near(words: Iterable[Word], lexicon: Lexicon, concepts: Concepts) -> None:
    """Unknown words may be misspelt ones."""
    unknown = [
        each for each in words if not each.certain and not each.little and len(each.typed) > 3
    ][:MOST_UNKNOWN]
    found = lexicon.near({each.typed for each in unknown}) if unknown else {}
    for word in unknown:
        near = {*found.get(word.typed, ()), *concepts.near(word.typed)}
        alike = [
            (nearness(form, each) - 0.02 * (len(word.typed) - len(form)), each)
            for each in near
            for form in readings(word.typed)[:6]
        ]
        for sure, each in sorted(alike, reverse=True)[:4]:
            if sure >= NEAR:
                word.take(each, sure * MISSPELT)
        listed = [each for each in found.get(word.typed, ()) if not word.taken.get(word.typed)]
        sure, best = max(((nearness(word.typed, each), each) for each in listed), default=(0, ""))
        word.instead = best if sure >= SURE else ""


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
