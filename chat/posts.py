"""What somebody wants to say, made ready to be stored: cleaned, measured, masked. Pure.

This runs before any lock is taken, so that a long text holds up nobody.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from consult.models import Citizen, Person
from persian.folding import fold
from persian.masking import Hit, masked
from persian.text import ZWNJ, clean_input

MAX_LENGTH = 4_000
SYSTEM_STREAM = "system"
UNFILLED = re.compile(
    r"\{(?:name|agent|unit|tracking_code|due_date|hours|minutes|status|next_step)\}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message on its way to the ledger. `person` is None for a line of the system."""

    consultation: UUID
    person: Person | None
    stream: str
    n: int
    client_id: str
    text: str
    edition: int | None = None
    params: dict[str, Any] = field(default_factory=dict)
    field: str = ""
    session: str = ""  # Of a socket of the staff; a page's was checked with its request.


@dataclass(frozen=True, slots=True)
class Prepared:
    """The text as it will be stored, and what its masks cover."""

    text: str
    hits: list[Hit]
    folded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Not stored. `code` as in the protocol; `expect` with `gap`; `retry_ms` when it may pass."""

    code: str
    expect: int | None = None
    retry_ms: int | None = None


def prepare(post: Post) -> Prepared | Rejected:
    """Clean and mask, or say why not."""
    if post.person is None:
        return Prepared(post.text, [], "")
    text = clean_input(post.text)
    if not text and post.edition is None:
        return Rejected(code="empty")
    if len(text) > MAX_LENGTH:
        return Rejected(code="too_long")
    if not isinstance(post.person, Citizen) and UNFILLED.search(text):
        return Rejected(code="unfilled")
    covered, hits = masked(text)
    return Prepared(covered, hits, searchable(covered))


def searchable(text: str) -> str:
    """The one spelling under which a text is found again."""
    return fold(text).replace(ZWNJ, "")
