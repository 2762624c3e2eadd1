"""What people say instead of the official words, in several languages; general, and data.

`concepts.json` is a list of everyday concepts: what is said in Persian, Arabic or English, and the
official words it stands for. A phrase is heard when its words stand near each other in a question.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from persian.folding import fold, light_stem, trigrams
from persian.latin import skeleton
from persian.speech import readings, says_little
from persian.text import ZWNJ
from persian.verbs import infinitive

FILE = Path(__file__).with_name("concepts.json")
LOOSE = 4  # How many other words may stand between those of a phrase.
_EMPTY_VERBS = frozenset(map(fold, ("کردن", "شدن", "خواستن", "توانستن")))
_DENIALS = frozenset(map(fold, ("not", "no", "never", "لم", "لا", "لن", "ليس", "غير")))
_OWNERS = ("مونو", "مون", "مو", "م")
Keys = frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say it: each word in the forms that it is known by."""

    concept: int
    words: tuple[Keys, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A concept in a question, and how clearly it was said."""

    concept: int
    strength: float


class Concepts:
    """All of them, ready to be heard."""

    def __init__(self, said: Sequence[dict[str, list[str]]]) -> None:
        self.means = [each["means"] for each in said]
        self._phrases: dict[str, list[Phrase]] = defaultdict(list)
        for number, each in enumerate(said):
            for text in dict.fromkeys(chain(each["means"], *(each[at] for at in _languages(each)))):
                self._add(number, text)
        self.words = frozenset(self._phrases) | {
            key for phrases in self._phrases.values() for p in phrases for k in p.words for key in k
        }
        self._sounds: dict[str, list[str]] = defaultdict(list)
        self._pieces: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.words):
            if not word.isascii():
                self._sounds[skeleton(word)].append(word)
            for piece in trigrams(word):
                self._pieces[piece].append(word)

    def sounding(self, bones: str) -> Sequence[str]:
        """The words of these consonants."""
        return self._sounds.get(bones, ())

    def near(self, word: str) -> list[str]:
        """Words that share many pieces with a misspelt one."""
        pieces, shared = trigrams(word), defaultdict[str, int](int)
        for piece in pieces:
            for each in self._pieces.get(piece, ()):
                shared[each] += 1
        enough = max(2, len(pieces) // 3)
        return [each for each, count in shared.items() if count >= enough]

    def heard(self, question: Sequence[Keys]) -> list[Heard]:
        """The concepts that the words of a question speak of, clearest first."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, keys in enumerate(question):
            for key in keys:
                places[key].append(place)
        strengths: dict[int, list[float]] = defaultdict(list)
        for phrase in {p for key in places for p in self._phrases.get(key, ())}:
            if _stands(phrase, places):
                strengths[phrase.concept].append(_clarity(len(phrase.words)))
        heard = [
            Heard(each, max(said) + min(0.05 * (len(said) - 1), 0.2))
            for each, said in strengths.items()
        ]
        return sorted(heard, key=lambda each: (-each.strength, each.concept))

    def _add(self, number: int, text: str) -> None:
        words = _phrase(text)
        if words:
            phrase = Phrase(number, words)
            for key in words[0]:
                self._phrases[key].append(phrase)


def _languages(said: dict[str, list[str]]) -> list[str]:
    return [each for each in said if each != "means"]


def _clarity(words: int) -> float:
    return {1: 0.7, 2: 0.95}.get(words, 1.1)


def _stands(phrase: Phrase, places: dict[str, list[int]]) -> bool:
    """Every word of the phrase is there, the others not too far from the first."""
    reach = len(phrase.words) + LOOSE
    spots = [{at for key in keys for at in places.get(key, ())} for keys in phrase.words]
    if not all(spots):
        return False
    return any(
        all(any(abs(at - first) <= reach and at != first for at in each) for each in spots[1:])
        for first in spots[0]
    )


def _phrase(text: str) -> tuple[Keys, ...]:
    words = [each for word in fold(text).split() for each in _parted(word)]
    full = [each for each in words if not _is_empty(each)]
    if len(full) < 2:
        full = [each for each in words if infinitive(each) or not says_little(each)] or words
    return tuple(_keys(each) for each in full)


def _parted(word: str) -> list[str]:
    """A verb stays whole; other words are parted at their ZWNJ where both parts tell something."""
    joined = word.replace(ZWNJ, "")
    parts = [each for each in word.split(ZWNJ) if len(each) > 2 and not says_little(each)]
    return [joined] if infinitive(joined) or len(parts) < 2 else parts


def _is_empty(word: str) -> bool:
    if word in _DENIALS:
        return False
    name = infinitive(word)
    return name in _EMPTY_VERBS if name else says_little(word)


def _keys(word: str) -> Keys:
    if name := infinitive(word):
        return frozenset({name})
    owned = {word.removesuffix(each) for each in _OWNERS if word.endswith(each)}
    if word.isascii():
        owned = set(readings(word)[1:2])
    kept = {each for each in owned if len(each) >= 3}
    return frozenset({word, light_stem(word), *kept})


@cache
def concepts() -> Concepts:
    return Concepts(json.loads(FILE.read_text("utf-8")))
