"""One transaction of the ledger: the locked rows, what is known of the posts, what is written.

Who may write, what repeats, what would overtake: decided here, against rows that nobody else can
change meanwhile.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from accounts.identity import live_sessions
from accounts.models import User
from chat.models import Message
from chat.posts import SYSTEM_STREAM, Post, Prepared, Rejected, Result, Stored
from chat.shelf import End, Line, Row, ends_of, locked_rows, repeated, shelf
from consult.models import Access, Citizen
from persian.masking import Hit
from trust.operations import seal_all

Role = Message.Role


class Page:
    """What one batch of posts reads and writes."""

    def __init__(self, posts: Sequence[Post]) -> None:
        """Lock the consultations and read what is known of the posts."""
        self._shelf = shelf()
        self._rows = locked_rows({post.consultation for post in posts})
        self._now: datetime = self._shelf.now()
        self._moment = self._shelf.moment(self._now)
        self._ends = ends_of({self._outbox(post) for post in posts if post.person is not None})
        self._stored = self._first_answers(posts)
        keys = {post.session for post in posts} - {""}
        self._sessions = live_sessions(keys) if keys else set()
        self._admitted = self._admissions(posts)
        self._lines: list[Line] = []
        self._originals: list[tuple[Stored, list[Hit]]] = []

    def take(self, post: Post, ready: Prepared | Rejected) -> Result:
        """The answer to one post; what is new is written when the page is saved."""
        return self._known(post) or self._write(post, ready)

    def save(self) -> None:
        """Insert, update the rows, seal the originals."""
        if not self._lines:
            return
        touched = {line.message.consultation for line in self._lines}
        self._shelf.write(self._lines, [self._rows[each] for each in touched])
        if self._originals:
            seal_all((subject_of(message), hits) for message, hits in self._originals)

    def _known(self, post: Post) -> Result | None:
        """The first answer to a repeated message; also after closing."""
        message = self._stored.get(self._name(post))
        if message is not None and message.stream != SYSTEM_STREAM:
            return message if self._may_write(post, answered=message) else None
        if post.person is None or not self._may_write(post):
            return None
        return Rejected(code="repeated") if self._is_taken(post) else None

    def _is_taken(self, post: Post) -> bool:
        """By another message, or because the outbox is somebody else's."""
        if post.stream == SYSTEM_STREAM:
            return True
        end = self._ends.get(self._outbox(post))
        return end is not None and (end.role != role_of(post) or 1 <= post.n <= end.n)

    def _write(self, post: Post, ready: Prepared | Rejected) -> Result:
        """Give the next sequence, if this person may write this here and now."""
        row = self._rows.get(post.consultation)
        if row is None or not self._may_write(post):
            held_elsewhere = row is not None and isinstance(post.person, User)
            return Rejected(code="not_held" if held_elsewhere else "not_yours")
        if isinstance(ready, Rejected):
            return ready
        if row.state == "closed" and post.person is not None:
            return Rejected(code="closed")
        end = self._ends.get(self._outbox(post))
        expected = end.n + 1 if end else 1
        if post.person is not None and post.n != expected:
            return Rejected(code="gap", expect=expected)
        return self._add(row, post, ready)

    def _may_write(self, post: Post, answered: Stored | None = None) -> bool:
        row = self._rows.get(post.consultation)
        if row is None or post.person is None:
            return row is not None
        if isinstance(post.person, Citizen):
            return (post.person.pk, row.case) in self._admitted
        if answered is not None and answered.author and answered.author.pk == post.person.pk:
            return True
        return row.holder == post.person.pk and (not post.session or post.session in self._sessions)

    def _add(self, row: Row, post: Post, ready: Prepared) -> Stored:
        row.last_seq += 1
        message = Stored(
            consultation=row.id,
            case=row.case,
            holder=row.holder,
            parked=row.state == "parked",
            seq=row.last_seq,
            role=role_of(post),
            author=post.person if isinstance(post.person, User) else None,
            stream=post.stream,
            n=post.n if post.person is not None else row.last_seq,
            client_id=post.client_id,
            text=ready.text,
            params=post.params,
            masked=[hit.kind for hit in ready.hits],
            edition=post.edition,
            field=post.field,
            created_at=self._now,
        )
        self._ends[self._outbox(post)] = End(message.n, message.role)
        self._stored[self._name(post)] = msgspec.structs.replace(message, fresh=False)
        self._lines.append(Line(message, ready.folded))
        if ready.hits:
            self._originals.append((message, ready.hits))
        _turn(row, message.role, self._moment)
        return message

    def _outbox(self, post: Post) -> str:
        return self._shelf.key(post.consultation) + post.stream

    def _name(self, post: Post) -> str:
        return self._shelf.key(post.consultation) + post.client_id

    def _first_answers(self, posts: Sequence[Post]) -> dict[str, Stored]:
        names = {self._name(post): post.consultation for post in posts}
        found = {}
        for name, seq in repeated(names).items():
            message = Message.objects.select_related("author").get(pk=(names[name], seq))
            found[name] = answered_before(message, self._rows[names[name]])
        return found

    def _admissions(self, posts: Sequence[Post]) -> set[tuple[int, UUID]]:
        citizens = {post.person.pk for post in posts if isinstance(post.person, Citizen)}
        if not citizens:
            return set()
        cases = {row.case for row in self._rows.values()}
        live = Access.objects.live().filter(citizen__in=citizens, case__in=cases)
        return set(live.values_list("citizen_id", "case_id"))


def answered_before(message: Message, row: Row) -> Stored:
    """A message of the transcript, as the answer to whoever sends it again."""
    return Stored(
        consultation=row.id,
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
        fresh=False,
    )


def subject_of(message: Message | Stored) -> tuple[str, str]:
    """How the vault names this message."""
    consultation = message.consultation
    pk = consultation if isinstance(consultation, UUID) else consultation.pk
    return ("message", f"{pk}/{message.seq}")


def role_of(post: Post) -> Role:
    """In which part this is said."""
    if post.person is None:
        return Role.SYSTEM
    return Role.CITIZEN if isinstance(post.person, Citizen) else Role.COUNSELLOR


def _turn(row: Row, role: str, now: object) -> None:
    """Whose turn it is, as the load and the timers count it. System lines change nothing."""
    if role == Role.CITIZEN:
        row.silence_noticed_at, row.citizen_seen_at = None, now
        awaiting = "counsellor"
    elif role == Role.COUNSELLOR:
        row.first_reply_at = row.first_reply_at or now
        row.hold_until, row.hold_reason = None, ""
        awaiting = "citizen"
    else:
        return
    if row.awaiting != awaiting or awaiting == "citizen":
        row.awaiting, row.awaiting_since = awaiting, now
