"""A text as the masking rules read it: one spelling, nothing invisible, digits in groups.

Every position in the reading leads back to the writer's own text, so the rules can be
simple and the mask still falls on exactly the right characters.
"""

import re
import unicodedata
from collections.abc import Iterator

from persian.personal.groups import Run, Runs

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


class _OneSpelling(dict[str, str]):
    """One character for one character: Latin digits, Persian letters, small letters."""

    def __missing__(self, character: str) -> str:
        if character.isdecimal():
            self[character] = str(unicodedata.decimal(character))
        elif character in FILLERS or unicodedata.category(character) == "Zs":
            self[character] = " "
        else:
            self[character] = "-" if unicodedata.category(character) == "Pd" else character
        return self[character]


_ONE_SPELLING = _OneSpelling(
    dict.fromkeys("يىئېۍ", "ی")
    | dict.fromkeys("كڪ", "ک")
    | dict.fromkeys("أإآٱ", "ا")
    | dict.fromkeys("ةۀەہھ", "ه")
    | {"ؤ": "و", "−": "-", "،": ",", "٬": ",", "⁄": "/"}
    | {chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
)


class Reading:
    """The text in one spelling. What a rule finds is covered, so that it is read only once."""

    def __init__(self, original: str) -> None:
        self._offsets: list[int] | None = None
        if _INVISIBLE.search(original):
            self._offsets = _visible(original)
            original = _INVISIBLE.sub("", original)
        self.cased = original
        self.text = "".join(map(_ONE_SPELLING.__getitem__, original))
        if "*" in self.text or "●" in self.text:
            self.text = _LEFTOVER.sub(_filled, self.text)
        self._runs = Runs(self.text)

    @property
    def has_digits(self) -> bool:
        return bool(self._runs)

    def runs(self, *sizes: int) -> Iterator[Run]:
        """Every way to read so many digits as one number, as far as still uncovered."""
        for size in sizes:
            for run in self._runs.of(size):
                if self.is_free(run.start, run.end):
                    yield run

    def is_free(self, start: int, end: int) -> bool:
        return not _FILLED.search(self.text, start, end)

    def cover(self, start: int, end: int, filler: str) -> None:
        self.text = self.text[:start] + filler * (end - start) + self.text[end:]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the reading stands in the text as it was written."""
        if self._offsets is None:
            return start, end
        return self._offsets[start], self._offsets[end - 1] + 1


def _visible(text: str) -> list[int]:
    offsets: list[int] = []
    start = 0
    for invisible in _INVISIBLE.finditer(text):
        offsets.extend(range(start, invisible.start()))
        start = invisible.end()
    return [*offsets, *range(start, len(text))]


def _filled(leftover: re.Match[str]) -> str:
    return (SECRET if leftover[1] else COVERED) * len(leftover[0])
