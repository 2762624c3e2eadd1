"""What the shelf hands out and takes back."""

from uuid import UUID

from msgspec import Struct

from chat.posts import Stored

OUTBOXES = 64  # How many a consultation remembers; after that, names still tell a repeat.


class Outbox(Struct, array_like=True):
    """How far one page or form has spoken here, and in whose role."""

    stream: str
    n: int
    role: str

    def refuses(self, n: int, role: str) -> bool:
        """Whether place `n` is taken, or the outbox somebody else's."""
        return role != self.role or 1 <= n <= self.n


class Row(Struct):
    """What the ledger reads of a locked consultation, and what is said in it meanwhile."""

    key: str  # Its id and its case's, as the shelf names them.
    case_key: str
    id: UUID
    case: UUID
    state: str
    holder: int | None
    last_seq: int
    outboxes: dict[str, Outbox]
    voices: list[str] = []  # Who spoke, in order; somebody going on speaking counts once.

    def heard(self, role: str) -> None:
        """The next sequence is given to somebody in this role."""
        self.last_seq += 1
        if not self.voices or self.voices[-1] != role:
            self.voices.append(role)

    def has_place(self, stream: str, n: int, role: str) -> None:
        """Place `n` of an outbox is taken; those not used for longest are forgotten."""
        outbox = self.outboxes.pop(stream, None) or Outbox(stream, n, role)
        outbox.n = n
        self.outboxes[stream] = outbox
        if len(self.outboxes) > OUTBOXES:
            del self.outboxes[next(iter(self.outboxes))]


class Line(Struct, frozen=True):
    """A message as it is written down."""

    key: str  # Of its consultation.
    message: Stored
    folded: str
