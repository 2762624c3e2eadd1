"""What fits on one A4: set smaller first, then shortened, and what is left out is counted. Pure.

Reckoned in lines of letters, on the safe side; tests print the longest cards and count the pages.
The sizes are those of `static/catalog/print.css`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, Final

import msgspec

from catalog.form.content import Content, Words

ROOM: Final = 545.0  # Points of height that are left for all that differs from card to card.
HEADING: Final = 26.0
ROW_GAP: Final = 5.0
LONGEST_TEXT, LONGEST_ROW, SHORT_ROW = 900, 200, 90  # Letters.
FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Density:
    """A size of the letters: in points, and how many fit beside each other on the whole width."""

    name: str
    points: float
    letters: int

    def height(self, text: str, share: float = 1.0) -> float:
        return ceil(max(len(text), 1) / (self.letters * share)) * self.points * 1.6


DENSITIES: Final = (
    Density("roomy", 12.0, 77),
    Density("usual", 10.5, 88),
    Density("close", 9.5, 98),
    Density("closest", 8.5, 110),
)
HALF: Final = 0.42  # Of the width, for a list beside another, without its marks.


@dataclass(frozen=True, slots=True)
class Shown:
    """Rows of a list that fit, and how many more the full form has."""

    rows: tuple[Words, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the sheet, in letters of which size."""

    density: str
    description: Words
    documents: Shown
    steps: Shown
    laws: Shown
    note: Words
    is_cut: bool = False


def sheet_of(form: Content, language: str) -> Sheet:
    """As much of the form as one A4 holds."""
    steps = sorted(form.steps, key=lambda each: each.order)
    whole = Sheet(
        density=DENSITIES[0].name,
        description=form.description,
        documents=Shown(tuple(form.documents)),
        steps=Shown(tuple(steps)),
        laws=Shown(tuple(form.laws)),
        note=form.fee.note or Words(),
    )
    for density in DENSITIES:
        if _height(whole, density, form, language) <= ROOM:
            return replace(whole, density=density.name)
    return _shortened(whole, form, language)


def _shortened(sheet: Sheet, form: Content, language: str) -> Sheet:
    """In the smallest letters: long texts end in …, then rows go."""
    density = DENSITIES[-1]
    for row, text in ((LONGEST_ROW, LONGEST_TEXT), (SHORT_ROW, LONGEST_TEXT // 2)):
        sheet = replace(
            sheet,
            density=density.name,
            is_cut=True,
            description=_clipped(form.description, text),
            documents=_clipped_rows(sheet.documents, row),
            steps=_clipped_rows(sheet.steps, row),
            laws=_clipped_rows(sheet.laws, row),
            note=_clipped(form.fee.note or Words(), row),
        )
        if _height(sheet, density, form, language) <= ROOM:
            return sheet
    while _height(sheet, density, form, language) > ROOM and (longest := _longest(sheet, language)):
        less: dict[str, Any] = {longest: _one_less(getattr(sheet, longest))}
        sheet = replace(sheet, **less)
    return sheet


def _longest(sheet: Sheet, language: str) -> str:
    """The list that can best do with a row less; none where each is down to its fewest."""
    heights = {
        name: _rows_height(shown.rows, DENSITIES[-1], language, share)
        for name, shown, share in (
            ("documents", sheet.documents, HALF),
            ("steps", sheet.steps, HALF),
            ("laws", sheet.laws, 1.0),
        )
        if len(shown.rows) > FEWEST
    }
    return max(heights, key=lambda name: (heights[name], name), default="")


def _one_less(shown: Shown) -> Shown:
    return Shown(shown.rows[:-1], shown.more + 1)


def _height(sheet: Sheet, density: Density, form: Content, language: str) -> float:
    beside = max(
        _rows_height(sheet.documents.rows, density, language, HALF),
        _rows_height(sheet.steps.rows, density, language, HALF),
    )
    return sum(
        (
            density.height(_text(form.title, language), 0.45),
            density.height(_text(sheet.description, language)),
            density.height(_text(sheet.note, language)),
            HEADING + beside,
            HEADING + _rows_height(sheet.laws.rows, density, language, 1.0),
        )
    )


def _rows_height(rows: Sequence[Words], density: Density, language: str, share: float) -> float:
    """Of the rows below each other; each ends with who does it or who brings it."""
    tail = " " * 16
    texts = (_text(each, language) + tail for each in rows)
    return sum(density.height(text, share) + ROW_GAP for text in texts)


def _text(words: Words, language: str) -> str:
    return (words.en or words.fa) if language == "en" else (words.fa or words.en)


def _clipped_rows(shown: Shown, letters: int) -> Shown:
    return Shown(tuple(_clipped(each, letters) for each in shown.rows), shown.more)


def _clipped(words: Words, letters: int) -> Words:
    """The same, of its own kind, but no longer than that."""
    return msgspec.structs.replace(
        words, fa=_no_longer(words.fa, letters), en=_no_longer(words.en, letters)
    )


def _no_longer(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"
