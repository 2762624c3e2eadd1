"""One transaction of the ledger: the locked rows, what is known of the posts, what is written.

Who may write, what repeats, what would overtake: decided here, against rows that nobody else can
change meanwhile.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import Struct

from accounts.models import User
from chat.models import Message
from chat.posts import SYSTEM_STREAM, Post, Prepared, Rejected, Result, Stored
from chat.shelf import Line, Row, Shelf
from consult.models import Citizen
from persian.masking import Hit
from trust.operations import seal_all

CITIZEN, COUNSELLOR, SYSTEM = "citizen", "counsellor", "system"


class Slip(Struct):
    """A post with the names under which a shelf knows its parts, and its consultation's row."""

    post: Post
    ready: Prepared | Rejected
    role: str
    consultation: str
    name: str
    visit: str  # Of a citizen; else empty.
    row: Row | None = None

    @classmethod
    def of(cls, post: Post, ready: Prepared | Rejected, books: Shelf) -> "Slip":
        key, role = books.key(post.consultation), role_of(post)
        visit = f"{key}{post.person.id}" if role == CITIZEN and post.person is not None else ""
        return cls(post, ready, role, key, key + post.client_id, visit)

    @property
    def may_repeat(self) -> bool:
        """Whether it could be known already; what comes next in its outbox is not."""
        if self.row is None or self.role == SYSTEM:
            return False
        outbox = self.row.outbox(self.post.stream)
        return outbox is None or self.post.n <= outbox.n


class Page:
    """What one batch of posts reads and writes.

    What comes next in its outbox is taken to be new: whether its name is known is asked only if
    `wary`, after the database has refused a name that was used before.
    """

    def __init__(self, slips: Sequence[Slip], books: Shelf, *, wary: bool = False) -> None:
        """Lock the consultations and read what is known of the posts."""
        self._books = books
        visits, sessions = set(), set()
        for slip in slips:
            if slip.visit:
                visits.add(slip.visit)
            elif slip.post.session:
                sessions.add(slip.post.session)
        self._known = books.look({slip.consultation for slip in slips}, visits, sessions)
        again = {}
        for slip in slips:
            row = slip.row = self._known.rows.get(slip.consultation)
            if row is not None and (wary or slip.may_repeat):
                again[slip.name] = row
        self._stored = self._first_answers(again)
        self._lines: list[Line] = []
        self._originals: list[tuple[Stored, list[Hit]]] = []

    def take(self, slip: Slip) -> Result:
        """The answer to one post; what is new is written when the page is saved."""
        row = slip.row
        if row is None:
            return Rejected(code="not_yours")
        may_write = self._may_write(slip, row)
        known = self._stored.get(slip.name)
        if known is not None and (may_write or _is_author(slip.post, known)):
            return msgspec.structs.replace(known, fresh=False)  # Also after closing.
        if not may_write:
            return Rejected(code="not_held" if slip.role == COUNSELLOR else "not_yours")
        return self._place(slip, row) or self._add(slip, row)

    def save(self) -> None:
        """Insert, update the rows, seal the originals."""
        if self._lines:
            self._books.write(self._lines, self._known.rows.values(), self._known.now)
        if self._originals:
            seal_all((subject_of(message), hits) for message, hits in self._originals)

    def _may_write(self, slip: Slip, row: Row) -> bool:
        person, session = slip.post.person, slip.post.session
        if person is None:
            return True
        if slip.visit:
            return slip.visit in self._known.visits
        holds = row.holder == person.id and row.state != "offered"  # An offer is not taken yet.
        return holds and (not session or session in self._known.sessions)

    def _place(self, slip: Slip, row: Row) -> Rejected | None:
        """Why this is not the next message of its outbox; None if it is. Lines have no outbox."""
        if slip.role == SYSTEM:
            return None
        outbox, n = row.outbox(slip.post.stream), slip.post.n
        if slip.post.stream == SYSTEM_STREAM or (outbox and outbox.refuses(n, slip.role)):
            return Rejected(code="repeated")
        if isinstance(slip.ready, Rejected):
            return slip.ready
        if row.state == "closed":
            return Rejected(code="closed")
        expected = outbox.n + 1 if outbox else 1
        return None if n == expected else Rejected(code="gap", expect=expected)

    def _add(self, slip: Slip, row: Row) -> Result:
        post, ready = slip.post, slip.ready
        if isinstance(ready, Rejected):
            return ready
        row.heard(slip.role)
        if slip.role != SYSTEM:
            row.has_place(post.stream, post.n, slip.role)
        message = Stored(
            consultation=post.consultation,
            case=row.case,
            holder=row.holder,
            parked=row.state == "parked",
            seq=row.last_seq,
            role=slip.role,
            author=post.person if isinstance(post.person, User) else None,
            stream=post.stream,
            n=post.n if slip.role != SYSTEM else row.last_seq,
            client_id=post.client_id,
            text=ready.text,
            params=post.params,
            masked=[hit.kind for hit in ready.hits] if ready.hits else [],
            edition=post.edition,
            field=post.field,
            created_at=self._known.now,
        )
        self._stored[slip.name] = message
        self._lines.append(Line(slip.consultation, message, ready.folded))
        if ready.hits:
            self._originals.append((message, ready.hits))
        return message

    def _first_answers(self, known: dict[str, Row]) -> dict[str, Stored]:
        found = {}
        for name, seq in self._books.repeated(known).items():
            row = known[name]
            message = Message.objects.select_related("author").get(pk=(UUID(row.key), seq))
            found[name] = answered_before(message, row)
        return found


def answered_before(message: Message, row: Row) -> Stored:
    """A message of the transcript, as the answer to whoever sends it again."""
    return Stored(
        consultation=message.consultation_id,
        case=row.case,
        holder=row.holder,
        parked=False,
        seq=message.seq,
        role=message.role,
        author=message.author,
        stream=message.stream,
        n=message.n,
        client_id=message.client_id,
        text=message.text,
        params=message.params,
        masked=message.masked,
        edition=message.edition_id,
        field=message.field,
        created_at=message.created_at,
    )


def subject_of(message: Message | Stored) -> tuple[str, str]:
    """How the vault names this message."""
    pk = message.consultation_id if isinstance(message, Message) else message.consultation
    return ("message", f"{pk}/{message.seq}")


def role_of(post: Post) -> str:
    """In which part this is said."""
    if post.person is None:
        return SYSTEM
    return CITIZEN if isinstance(post.person, Citizen) else COUNSELLOR


def _is_author(post: Post, known: Stored) -> bool:
    """Whoever said it may hear again that it is stored, though they hold it no longer."""
    return isinstance(post.person, User) and known.author == post.person
