"""What a section of the form is made of, for whoever shows it: a page, or a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.sheets.said import Cell


@dataclass(frozen=True, slots=True)
class Entry:
    """A field with what it says; empty where nobody stated it.

    `kind` is how it is shown: "words" after each other, "list" below each other, "numbered" with
    their numbers, "table" as `rows` under `columns`; "steps" is a table that a page draws.
    """

    label: str
    said: Cell = ()
    kind: str = "words"
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()

    @property
    def is_stated(self) -> bool:
        return bool(self.said or self.rows)

    @property
    def labelled_rows(self) -> list[list[tuple[str, Cell]]]:
        """Each row with its columns' names beside its cells."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Section:
    """A section under the title of the official form; without a number, what we add to it."""

    title: str
    entries: tuple[Entry, ...]
    number: int | None = None


def table(label: str, columns: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Entry:
    return Entry(label, kind="table", columns=columns, rows=tuple(rows))
