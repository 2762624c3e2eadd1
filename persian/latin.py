"""Persian in Latin letters («bime bikari»), brought together with its Persian spelling.

Nobody agrees how to write the vowels, so both scripts are reduced to their consonants: the same
skeleton is a candidate, and how well the vowels fit says which of them is meant.
"""

import re
from functools import lru_cache

_LETTERS = {
    **dict.fromkeys("صسث", "s"), **dict.fromkeys("ضزذظ", "z"), **dict.fromkeys("تط", "t"),
    **dict.fromkeys("هح", "h"), **dict.fromkeys("قغ", "q"), "ب": "b", "پ": "p", "ج": "j",
    "چ": "c", "خ": "x", "د": "d", "ر": "r", "ژ": "j", "ش": "$", "ف": "f", "ک": "k", "گ": "g",
    "ل": "l", "م": "m", "ن": "n", "ا": "a", "و": "o", "ی": "i", "ع": "",
}  # fmt: skip
_SOUNDS = (
    ("kh", "x"), ("sh", "$"), ("ch", "c"), ("zh", "j"), ("gh", "q"), ("ph", "f"), ("ck", "k"),
    ("oo", "o"), ("ou", "o"), ("ow", "o"), ("ee", "i"), ("aa", "a"), ("u", "o"), ("w", "v"),
    ("'", ""),
)  # fmt: skip
_VOWELS = frozenset("aeio")
_WEAK = frozenset("ovy")  # و and ی are vowels or consonants; at the beginning always the latter.
_MEMORY = 16_384


@lru_cache(_MEMORY)
def sounds(word: str) -> str:
    """The word in one letter a sound, whichever script it is written in."""
    if word.isascii():
        for written, sound in _SOUNDS:
            word = word.replace(written, sound)
        return word
    first = {"و": "v", "ی": "y"}.get(word[:1]) if len(word) > 1 else None
    told = "".join(_LETTERS.get(each, each) for each in word)
    if word.endswith("ه") and len(word) > 2:
        told = told[:-1] + "e"
    return first + told[1:] if first else told


@lru_cache(_MEMORY)
def skeleton(word: str) -> str:
    """Its consonants, doubled ones once: what both scripts agree on."""
    told = sounds(word)
    if word.isascii() and told.endswith("h") and len(told) > 3:
        told = told[:-1]
    bones = [each for at, each in enumerate(told) if not _is_vowel(each, at)]
    return re.sub(r"(.)\1+", r"\1", "".join(bones))


def _is_vowel(sound: str, at: int) -> bool:
    return sound in _VOWELS or (at > 0 and sound in _WEAK)


def likeness(latin: str, persian: str) -> float:
    """How well a Latin spelling tells this Persian word, both of one skeleton: 1 is perfectly."""
    spoken, written = sounds(latin), sounds(persian)
    costs = [0.0]
    for each in written:
        costs.append(costs[-1] + _missing(each))
    for sound in spoken:
        before, costs[0] = costs[0], costs[0] + _unwritten(sound)
        for at, letter in enumerate(written, 1):
            here = min(
                before + _instead(sound, letter),
                costs[at] + _unwritten(sound),
                costs[at - 1] + _missing(letter),
            )
            before, costs[at] = costs[at], here
    return max(0.0, 1 - costs[-1] / max(len(spoken), len(written), 1))


def _unwritten(sound: str) -> float:
    """A sound that Persian letters leave out: short vowels often, others hardly."""
    return {"a": 0.3, "e": 0.2, "o": 0.3, "y": 0.3, "v": 0.5, "i": 0.7}.get(sound, 0.9)


def _missing(letter: str) -> float:
    return 0.7 if letter in _VOWELS else 0.9


def _instead(sound: str, letter: str) -> float:
    if sound == letter:
        return 0.0
    pair = {sound, letter}
    if pair in ({"o", "v"}, {"i", "y"}, {"e", "i"}, {"e", "h"}):
        return 0.2
    return 0.5 if pair <= _VOWELS else 1.2


# What is glued to a word, as it is typed in Latin letters.
_ENDINGS = (
    "hamoon hatoon hashoon haye hay hamo hato hasho ham ha moono toono shoono emoon etoon eshoon "
    "amoon atoon ashoon moon toon shoon emun etun eshun amo eto esho mo to sho am em et at esh ash "
    "an ro ra ye yam yi im in i e o a"
)
_GLUED = tuple(_ENDINGS.split())


@lru_cache(_MEMORY)
def latin_readings(word: str) -> tuple[str, ...]:
    """The word as typed, then without what may be glued to it."""
    found = {word: None}
    for each in [word, *(_cut(word))]:
        found[each] = None
        for shorter in _cut(each):
            found[shorter] = None
    return tuple(sorted(found, key=len, reverse=True))


def _cut(word: str) -> list[str]:
    return [
        word.removesuffix(each)
        for each in _GLUED
        if word.endswith(each) and len(word) - len(each) >= 3
    ]
