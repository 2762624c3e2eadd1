"""The one way into the transcript: append, give out sequences, then acknowledge.

`append` is one transaction for any number of messages of any number of consultations. Sockets
reach it through `chat.writer`, which commits everything queued at once; forms and system lines
call it with a batch of one. Nothing is told to anybody before the commit.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import Max, Q
from django.utils import timezone

from accounts.identity import live_sessions
from accounts.models import User
from chat.frames import posted
from chat.models import Message
from chat.posts import SYSTEM_STREAM, Post, Prepared, Rejected, prepare
from consult.happenings import Happening
from consult.models import Access, Citizen, Consultation
from live import groups
from live.publish import publish
from trust.operations import seal_originals

Result = Message | Rejected
Place = tuple[uuid.UUID, str, int]
RETRY_MS = 1_000


def append(posts: Sequence[Post]) -> list[Result]:
    """Store `posts` in order; a `Message` or a `Rejected` for each. Repeating does no harm.

    If the batch fails, its consultations are tried one by one, so that one bad message fails
    alone. What cannot be stored now is `Rejected` with `retry_ms`; nothing is acknowledged whose
    commit is not certain.
    """
    prepared = [prepare(post) for post in posts]
    try:
        return _commit(posts, prepared)
    except DatabaseError:
        if transaction.get_connection().in_atomic_block:
            raise  # A larger transaction is at stake: its owner decides.
    return _one_by_one(posts, prepared)


def _one_by_one(posts: Sequence[Post], prepared: Sequence[Prepared | Rejected]) -> list[Result]:
    results: dict[int, Result] = {}
    for consultation in dict.fromkeys(post.consultation for post in posts):
        places = [i for i, post in enumerate(posts) if post.consultation == consultation]
        try:
            answers = _commit([posts[i] for i in places], [prepared[i] for i in places])
        except DatabaseError:
            answers = [Rejected(code="busy", retry_ms=RETRY_MS)] * len(places)
        results.update(zip(places, answers, strict=True))
    return [results[i] for i in range(len(posts))]


def tell(happenings: Iterable[Happening]) -> None:
    """Write what happened into the conversations, as lines of the system."""
    lines = [
        Post(
            consultation=each.consultation.pk,
            person=None,
            stream=SYSTEM_STREAM,
            n=1,
            client_id=str(uuid.uuid4()),
            text=each.code,
            params=each.params,
        )
        for each in happenings
    ]
    if lines:
        append(lines)


@transaction.atomic
def _commit(posts: Sequence[Post], prepared: Sequence[Prepared | Rejected]) -> list[Result]:
    page = _Page.open(posts)
    results: list[Result] = []
    for post, ready in zip(posts, prepared, strict=True):
        results.append(page.known(post) or page.write(post, ready))
    page.save()
    return results


@dataclass
class _Page:
    """The locked rows of one transaction, and what is written on them."""

    now: datetime
    rows: dict[uuid.UUID, Consultation]
    stored: dict[Place, Message]
    by_client_id: dict[tuple[uuid.UUID, str], Message]
    ends: dict[tuple[uuid.UUID, str], int]
    owners: dict[tuple[uuid.UUID, str], str]
    sessions: set[str]
    admitted: set[tuple[int, uuid.UUID]]
    written: list[Message]
    prepared: list[Prepared]

    @classmethod
    def open(cls, posts: Sequence[Post]) -> "_Page":
        """Lock the consultations in the order of their ids and read what is known of the posts."""
        pks = {post.consultation for post in posts}
        locked = Consultation.objects.select_for_update().filter(pk__in=pks).order_by("pk")
        rows = {row.pk: row for row in locked}
        streams = {post.stream for post in posts} - {SYSTEM_STREAM}
        mine = Message.objects.filter(consultation__in=pks)
        repeats = mine.filter(
            Q(stream__in=streams, n__in={post.n for post in posts})
            | Q(client_id__in={post.client_id for post in posts})
        )
        used = mine.filter(stream__in=streams).order_by()
        ends = list(
            used.values_list("consultation_id", "stream", "role").annotate(end=Max("n"))
            if streams
            else ()
        )
        keys = {post.session for post in posts} - {""}
        citizens = {post.person.pk for post in posts if isinstance(post.person, Citizen)}
        cases = {row.case_id for row in rows.values()}
        admitted = Access.objects.live().filter(citizen__in=citizens, case__in=cases)
        found = list(repeats)
        for message in found:
            message.consultation = rows[message.consultation_id]  # Read beside the loop later.
        return cls(
            now=timezone.now(),
            rows=rows,
            stored={(m.consultation_id, m.stream, m.n): m for m in found},
            by_client_id={(m.consultation_id, m.client_id): m for m in found},
            ends={(consultation, stream): n for consultation, stream, _role, n in ends},
            owners={(consultation, stream): role for consultation, stream, role, _n in ends},
            sessions=live_sessions(keys) if keys else set(),
            admitted=set(admitted.values_list("citizen_id", "case_id")) if citizens else set(),
            written=[],
            prepared=[],
        )

    def known(self, post: Post) -> Result | None:
        """The first answer to a repeated message; also after closing."""
        message = self.by_client_id.get((post.consultation, post.client_id))
        if message is not None:
            return message if self._may_write(post, answered=message) else None
        if post.person is None or not self._may_write(post):
            return None
        return Rejected(code="repeated") if self._is_taken(post) else None

    def _is_taken(self, post: Post) -> bool:
        """By another message, or because the outbox is somebody else's."""
        owner = self.owners.get((post.consultation, post.stream), _role(post))
        theirs = post.stream == SYSTEM_STREAM or owner != _role(post)
        return theirs or (post.consultation, post.stream, post.n) in self.stored

    def write(self, post: Post, ready: Prepared | Rejected) -> Result:
        """Give the next sequence, if this person may write this here and now."""
        row = self.rows.get(post.consultation)
        if row is None or not self._may_write(post):
            held_elsewhere = row is not None and isinstance(post.person, User)
            return Rejected(code="not_held" if held_elsewhere else "not_yours")
        if isinstance(ready, Rejected):
            return ready
        if row.is_closed and post.person is not None:
            return Rejected(code="closed")
        end = self.ends.get((row.pk, post.stream), 0)
        if post.person is not None and post.n != end + 1:
            return Rejected(code="gap", expect=end + 1)
        return self._add(row, post, ready)

    def _may_write(self, post: Post, answered: Message | None = None) -> bool:
        row = self.rows.get(post.consultation)
        if row is None or post.person is None:
            return row is not None
        if isinstance(post.person, Citizen):
            return (post.person.pk, row.case_id) in self.admitted
        if answered is not None and answered.author_id == post.person.pk:
            return True
        return row.holder_id == post.person.pk and (
            not post.session or post.session in self.sessions
        )

    def _add(self, row: Consultation, post: Post, ready: Prepared) -> Message:
        row.last_seq += 1
        message = Message(
            consultation=row,
            seq=row.last_seq,
            role=_role(post),
            author=post.person if isinstance(post.person, User) else None,
            stream=post.stream,
            n=post.n if post.person is not None else row.last_seq,
            client_id=post.client_id,
            text=ready.text,
            params=post.params,
            masked=[hit.kind for hit in ready.hits],
            edition_id=post.edition,
            field=post.field,
            folded=ready.folded,
            created_at=self.now,
        )
        self.ends[row.pk, post.stream] = message.n
        self.owners[row.pk, post.stream] = message.role
        self.stored[row.pk, post.stream, message.n] = message
        self.by_client_id[row.pk, post.client_id] = message
        self.written.append(message)
        self.prepared.append(ready)
        _turn(row, message, self.now)
        return message

    def save(self) -> None:
        """Insert, update the rows, seal the originals; tell everybody after the commit."""
        Message.objects.bulk_create(self.written)
        for pk in {message.consultation_id for message in self.written}:
            self.rows[pk].save(update_fields=_TURN_FIELDS)
        for message, ready in zip(self.written, self.prepared, strict=True):
            if ready.hits:
                seal_originals(subject=subject_of(message), hits=ready.hits)
            row = self.rows[message.consultation_id]
            holder = [groups.person(row.holder_id)] if row.holder_id else []
            publish(posted(message), groups.case(row.case_id), *holder)


_TURN_FIELDS = [
    "last_seq",
    "awaiting",
    "awaiting_since",
    "first_reply_at",
    "silence_noticed_at",
    "citizen_seen_at",
]


def subject_of(message: Message) -> tuple[str, str]:
    """How the vault names this message."""
    return ("message", f"{message.consultation_id}/{message.seq}")


def _turn(row: Consultation, message: Message, now: datetime) -> None:
    """Whose turn it is, as the load and the timers count it. System lines change nothing."""
    if message.role == Message.Role.CITIZEN:
        row.silence_noticed_at, row.citizen_seen_at = None, now
        awaiting = Consultation.Awaiting.COUNSELLOR
    elif message.role == Message.Role.COUNSELLOR:
        row.first_reply_at = row.first_reply_at or now
        awaiting = Consultation.Awaiting.CITIZEN
    else:
        return
    if row.awaiting != awaiting or awaiting == Consultation.Awaiting.CITIZEN:
        row.awaiting, row.awaiting_since = awaiting, now


def _role(post: Post) -> Message.Role:
    if post.person is None:
        return Message.Role.SYSTEM
    return Message.Role.CITIZEN if isinstance(post.person, Citizen) else Message.Role.COUNSELLOR
