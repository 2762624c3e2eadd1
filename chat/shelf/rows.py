"""What the shelf hands out and takes back."""

from uuid import UUID

from msgspec import Struct

from chat.posts import Stored


class Row(Struct):
    """What the ledger reads of a locked consultation, and what is said in it meanwhile."""

    key: str  # Its id and its case's, as the shelf names them.
    case_key: str
    id: UUID
    case: UUID
    state: str
    holder: int | None
    last_seq: int
    voices: list[str] = []  # Who spoke, in order; somebody going on speaking counts once.

    def heard(self, role: str) -> None:
        """The next sequence is given to somebody in this role."""
        self.last_seq += 1
        if not self.voices or self.voices[-1] != role:
            self.voices.append(role)


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
