"""A text as the masking rules read it: one spelling, nothing invisible, digits in groups.

Every position in the reading leads back to the writer's own text, so the rules can be
simple and the mask still falls on exactly the right characters.
"""

import re
import unicodedata
from collections.abc import Iterator, Set
from functools import cached_property

from persian.personal.groups import NO_RUNS, Run, Runs
from persian.spelling import Spelling

# What a covered piece is replaced with, so that no later rule reads it again.
COVERED, SECRET, OURS = "\x00", "\x01", "\x02"
FILLERS = COVERED + SECRET + OURS

_FILLED = re.compile(f"[{FILLERS}]")
_INVISIBLE = re.compile(
    "[\u00ad\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u20e3\ufe00-\ufe0f\ufeff]"
)
# What masking itself leaves behind: read again, it counts as covered, not as a number.
_LEFTOVER = re.compile(
    r"(?:\*{4} ){3}\d{4}|ir\*\* \*{4} \d{4}|\w\*{3}@[\w.-]+|\+?\d{2,4}\*{7}"
    r"|\w\*{5}\w\w|\*{6,7}\w{2,4}|\*{4}|(●{4})"
)
_MARK = re.compile("[*●]")
_BEFORE_A_MARK = 5  # A leftover shows its first mark after so many characters at most.


_SAME = (
    dict.fromkeys("يىئېۍ", "ی")
    | dict.fromkeys("كڪ", "ک")
    | dict.fromkeys("أإآٱ", "ا")
    | dict.fromkeys("ةۀەہھ", "ه")
    | {"ؤ": "و", "−": "-", "،": ",", "٬": ",", "⁄": "/"}
    | {chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
)


def _spelt(character: str) -> str:
    """One character for one character: Latin digits, Persian letters, small letters."""
    if _INVISIBLE.match(character):
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if character in FILLERS or unicodedata.category(character) == "Zs":
        return " "
    usual = "-" if unicodedata.category(character) == "Pd" else character
    return _SAME.get(character, usual)


_ONE_SPELLING = Spelling(_spelt)


class Reading:
    """The text in one spelling. What a rule finds is covered, so that it is read only once."""

    def __init__(self, original: str) -> None:
        self._original = original
        self.text = self._uncovered = _without_leftovers(_ONE_SPELLING(original))
        self._runs = NO_RUNS

    @cached_property
    def cased(self) -> str:
        """The same characters as they were written."""
        return _INVISIBLE.sub("", self._original)

    def sizes(self, least: int) -> Set[int]:
        """How many digits its numbers have; only those from `least` on are read at all."""
        self._runs = Runs(self._uncovered, least)
        return self._runs.sizes

    def runs(self, *sizes: int) -> Iterator[Run]:
        """Every way to read so many digits as one number, as far as still uncovered."""
        return filter(self._is_uncovered, self._runs.of(sizes))

    def _is_uncovered(self, run: Run) -> bool:
        return not _FILLED.search(self.text, run.start, run.end)

    def is_free(self, start: int, end: int) -> bool:
        return not _FILLED.search(self.text, start, end)

    def cover(self, start: int, end: int, filler: str) -> None:
        self.text = self.text[:start] + filler * (end - start) + self.text[end:]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the reading stands in the text as it was written."""
        if len(self.text) == len(self._original):
            return start, end
        return self._offsets[start], self._offsets[end - 1] + 1

    @cached_property
    def _offsets(self) -> list[int]:
        return _visible(self._original)


def _visible(text: str) -> list[int]:
    offsets: list[int] = []
    start = 0
    for invisible in _INVISIBLE.finditer(text):
        offsets.extend(range(start, invisible.start()))
        start = invisible.end()
    return [*offsets, *range(start, len(text))]


def _without_leftovers(text: str) -> str:
    mark = _MARK.search(text)
    if mark is None:
        return text
    start = max(0, mark.start() - _BEFORE_A_MARK)
    return text[:start] + _LEFTOVER.sub(_filled, text[start:])


def _filled(leftover: re.Match[str]) -> str:
    return (SECRET if leftover[1] else COVERED) * len(leftover[0])
