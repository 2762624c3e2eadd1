"""Every audience on the wire, by name. A socket joins its own; a publisher names them."""

from functools import lru_cache
from uuid import UUID

BOARD = "board"  # Supervisors.
STAFF = "staff"  # Everybody on the staff's socket.
LINE = "line"  # Everybody who waits.


@lru_cache(4096)
def case(pk: UUID) -> str:
    """The citizen's side of a case: every browser that may open it."""
    return f"case.{pk}"


def person(pk: int) -> str:
    """One person of the staff, on every screen of theirs."""
    return f"person.{pk}"


def citizen(pk: int) -> str:
    """One citizen, in every page of their browser."""
    return f"citizen.{pk}"
