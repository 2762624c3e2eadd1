"""What the shelf hands out and takes back."""

from typing import Any
from uuid import UUID

from msgspec import Struct

from chat.posts import Stored


class Row(Struct):
    """What the ledger reads and changes of a locked consultation.

    Moments go back as they came, in the database's own form.
    """

    key: str  # Its id and its case's, as the shelf names them.
    case_key: str
    id: UUID
    case: UUID
    state: str
    holder: int | None
    last_seq: int
    awaiting: str
    awaiting_since: Any
    first_reply_at: Any
    silence_noticed_at: Any
    citizen_seen_at: Any
    hold_until: Any
    hold_reason: str

    def turn(self, role: str, now: Any) -> None:
        """Whose turn it is, as the load and the timers count it. System lines change nothing."""
        if role == "citizen":
            self.silence_noticed_at, self.citizen_seen_at = None, now
            awaiting = "counsellor"
        elif role == "counsellor":
            self.first_reply_at = self.first_reply_at or now
            self.hold_until, self.hold_reason = None, ""
            awaiting = "citizen"
        else:
            return
        if self.awaiting != awaiting or awaiting == "citizen":
            self.awaiting, self.awaiting_since = awaiting, now


class Line(Struct, frozen=True):
    """A message as it is written down."""

    key: str  # Of its consultation.
    message: Stored
    folded: str


class End(Struct, frozen=True):
    """The last place taken in an outbox, and the role of whose it is."""

    n: int
    role: str

    def refuses(self, n: int, role: str) -> bool:
        """Whether place `n` is taken, or the outbox somebody else's."""
        return role != self.role or 1 <= n <= self.n
