"""Every audience on the wire, by name. A socket joins its own; a publisher names them."""

from uuid import UUID

BOARD = "board"  # Supervisors.
STAFF = "staff"  # Everybody on the staff's socket.
LINE = "line"  # Everybody who waits.


def case(pk: UUID) -> str:
    """The citizen's side of a case: every browser that may open it."""
    return f"case.{pk}"


def person(pk: int) -> str:
    """One person of the staff, on every screen of theirs."""
    return f"person.{pk}"
