"""What travels between the steps of an import: rows, proposals, and what is wrong with one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Progress = Callable[[int, int], None]  # How many are done, of how many.


class UnreadableError(Exception):
    """The file, or its mapping, as a whole is of no use; says why, in the reader's language."""


class RefusedError(Exception):
    """One row is of no use; says why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it stands in the file, and the line that it begins on."""

    line: int
    values: dict[str, Any]
    fault: str = ""  # Why it could not even be read.


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a row wants of a card. `None` leaves a column as it is, or to be made up.

    A `whole` form takes the place of what the card says; any other is laid over it.
    """

    line: int
    form: dict[str, Any]
    slug: str | None = None
    code: str | None = None
    national_id: str | None = None
    unit: str | None = None
    skill: str | None = None
    topics: list[str] | None = None
    sample: bool = False
    whole: bool = False
    words: list[str] | None = None

    @property
    def title(self) -> str:
        return str(self.form["title"]["fa"])


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that did not come in, and why."""

    line: int
    reason: str


@dataclass(slots=True)
class Report:
    """What became of a file."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)  # Columns that the mapping does not name.
    undone: bool = False  # All or nothing was asked for, and something was refused.
