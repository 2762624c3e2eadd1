"""What somebody wants to say, made ready to be stored: cleaned, measured, masked. Pure.

This runs before any lock is taken, so that a long text holds up nobody.
"""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from accounts.models import User
from consult.models import Citizen, Person
from persian.folding import fold
from persian.masking import Hit, masked
from persian.text import ZWNJ, clean_input

MAX_LENGTH = 4_000
SYSTEM_STREAM = "system"
UNFILLED = re.compile(
    r"\{(?:name|agent|unit|tracking_code|due_date|hours|minutes|status|next_step)\}"
)


class Post(Struct, frozen=True, kw_only=True, gc=False):
    """One message on its way to the ledger. `person` is None for a line of the system."""

    consultation: UUID
    person: Person | None
    stream: str
    n: int
    client_id: str
    text: str
    edition: int | None = None
    params: dict[str, Any] = {}
    field: str = ""
    session: str = ""  # Of a socket of the staff; a page's was checked with its request.


class Prepared(Struct, frozen=True, gc=False):
    """The text as it will be stored, and what its masks cover."""

    text: str
    hits: list[Hit]
    folded: str


class Rejected(Struct, frozen=True, kw_only=True, gc=False):
    """Not stored. `code` as in the protocol; `expect` with `gap`; `retry_ms` when it may pass."""

    code: str
    expect: int | None = None
    retry_ms: int | None = None


class Stored(Struct, frozen=True, kw_only=True, gc=False):
    """A message as it stands in the transcript, and who is to hear of it.

    `fresh` is False for the first answer given again to a repeat.
    """

    consultation: UUID
    case: UUID
    holder: int | None
    parked: bool
    seq: int
    role: str
    author: User | None
    stream: str
    n: int
    client_id: str
    text: str
    params: dict[str, Any]
    masked: list[str]
    edition: int | None
    field: str
    created_at: datetime
    fresh: bool = True


Result = Stored | Rejected


def prepare(post: Post) -> Prepared | Rejected:
    """Clean and mask, or say why not."""
    if post.person is None:
        return Prepared(post.text, [], "")
    text = clean_input(post.text)
    if not text and post.edition is None:
        return Rejected(code="empty")
    if len(text) > MAX_LENGTH:
        return Rejected(code="too_long")
    if "{" in text and not isinstance(post.person, Citizen) and UNFILLED.search(text):
        return Rejected(code="unfilled")
    covered, hits = masked(text)
    return Prepared(covered, hits, searchable(covered))


def searchable(text: str) -> str:
    """The one spelling under which a text is found again."""
    return fold(text).replace(ZWNJ, "")
