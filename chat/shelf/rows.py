"""What the shelf hands out and takes back."""

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from msgspec import Struct

from chat.posts import Stored

OUTBOXES = 64  # How many a consultation remembers; after that, names still tell a repeat.


class Outbox(Struct, array_like=True, gc=False):
    """How far one page or form has spoken here, and in whose role."""

    stream: str
    n: int
    role: str

    def refuses(self, n: int, role: str) -> bool:
        """Whether place `n` is taken, or the outbox somebody else's."""
        return role != self.role or 1 <= n <= self.n


# The same few hundred cases, again and again.
uuid_of = lru_cache(4096)(UUID)


class Row(Struct):
    """What the ledger reads of a locked consultation, and what is said in it meanwhile."""

    key: str  # Its id and its case's, as the shelf names them.
    case_key: str
    state: str
    holder: int | None
    last_seq: int
    outboxes: list[Outbox]  # The last used last.
    voices: list[str] = []  # Who spoke, in order; somebody going on speaking counts once.

    @property
    def case(self) -> UUID:
        return uuid_of(self.case_key)

    def outbox(self, stream: str) -> Outbox | None:
        for each in self.outboxes:
            if each.stream == stream:
                return each
        return None

    def heard(self, role: str) -> None:
        """The next sequence is given to somebody in this role."""
        self.last_seq += 1
        if not self.voices or self.voices[-1] != role:
            self.voices.append(role)

    def has_place(self, stream: str, n: int, role: str) -> None:
        """Place `n` of an outbox is taken; those not used for longest are forgotten."""
        outbox = self.outbox(stream)
        if outbox is None:
            outbox = Outbox(stream, n, role)
        elif outbox is not self.outboxes[-1]:
            self.outboxes.remove(outbox)
        if not self.outboxes or outbox is not self.outboxes[-1]:
            self.outboxes.append(outbox)
        outbox.n = n
        del self.outboxes[:-OUTBOXES]


class Known(Struct, frozen=True, gc=False):
    """What the shelf says of a batch: unknown consultations, shut visits and dead sessions are not
    there. `now` is the moment by the clock of the database, after the rows were locked.
    """

    rows: dict[str, Row]
    now: datetime
    visits: set[str]
    sessions: set[str]


class Line(Struct, frozen=True, gc=False):
    """A message as it is written down."""

    key: str  # Of its consultation.
    message: Stored
    folded: str
