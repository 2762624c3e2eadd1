"""A socket on which conversations are heard in order, without gaps.

Each open conversation has a cursor: the last sequence sent. A live event is a hint; whatever does
not follow the cursor directly is fetched from the database first.
"""

import asyncio
import random
from collections.abc import Mapping
from uuid import UUID

from channels.db import database_sync_to_async
from django.conf import settings
from django.core.exceptions import PermissionDenied

from chat.cursors import Cursors
from chat.ledger import BUSY
from chat.models import Message
from chat.operations import wake_if_parked
from chat.posts import Post, Stored
from chat.reading import PAGE, Pages, missed
from chat.relays import Relay
from chat.workers import workers
from chat.writer import Letter, refuse
from consult.models import Person
from live import groups
from live.consumer import LiveConsumer, Receive, UnavailableError
from live.frame import Command, Event
from live.hub import hub
from live.outlet import Send
from live.protocol import (
    MINOR,
    VERSION,
    Hello,
    MessageDelivered,
    MessagePosted,
    MessageSeen,
    MessageStored,
    PostMessage,
    ReceiveMessage,
    SeeMessage,
    ShowTyping,
    TypingShown,
    Welcomed,
)

TYPING = 2.0  # Seconds within which typing is passed on once.
PAUSE = 0.4  # Seconds, and as much again by chance, before a database that failed is asked again.


class ConversationSocket(LiveConsumer):
    """What citizens and counsellors share: hello, posting, receiving, seeing, typing."""

    __slots__ = ("_typed_at", "cases", "cursors", "noted", "person", "session")

    role: Message.Role
    person: Person

    def __init__(self, receive: Receive, send: Send) -> None:
        super().__init__(receive, send)
        self.session = ""
        self.cases: tuple[UUID, ...] = ()
        self.cursors = Cursors()
        self.noted = False  # Whether the clock has seen them here.
        self._typed_at = 0.0

    @property
    def counsellor(self) -> int | None:
        """Whose lease lives on this socket."""
        return self.person.pk if self.role == Message.Role.COUNSELLOR else None

    def perform(self, command: Command) -> None:
        match command:
            case PostMessage():
                self._post(command)
            case Hello(protocol=protocol) if protocol != VERSION:
                self.refuse("version")
            case Hello(cursors=cursors):
                self.keep(self._greet(cursors))
            case ReceiveMessage(consultation=pk, seq=seq):
                self._relay(pk, MessageDelivered(consultation=pk, seq=seq, by=self.role))
            case SeeMessage(consultation=pk, seq=seq):
                self._relay(pk, MessageSeen(consultation=pk, seq=seq, by=self.role))
            case ShowTyping(consultation=pk) if self.heard_at - self._typed_at > TYPING:
                self._typed_at = self.heard_at
                self._relay(pk, TypingShown(consultation=pk, by=self.role))

    def keep_cases(self, cases: tuple[UUID, ...]) -> None:
        """Hear these cases only, from now on."""
        gone = {groups.case(case) for case in self.cases if case not in cases}
        if gone:
            hub.leave(self)
            self.cases = cases
            self.groups = tuple(group for group in self.groups if group not in gone)
            hub.join(self)

    def hear(self, event: Event, frame: bytes) -> None:
        if type(event) is not MessagePosted or self._follows(event.consultation, event.seq):
            self._outlet.put(frame)

    def acknowledge(self, event: MessageStored, stored: Stored) -> None:
        """One's own message is stored: the acknowledgement takes its place in the sequence."""
        self._follows(stored.consultation, stored.seq)
        self.tell(event)
        if stored.parked and stored.fresh:
            self.keep(database_sync_to_async(wake_if_parked)(stored.consultation))

    def fall_behind(self, consultation: UUID) -> None:
        """There is more of it than was sent: read it, unless somebody does so already."""
        if not self.cursors.is_read(consultation):
            self.cursors.begin(consultation)
            self.keep(self._recover(consultation))

    def _follows(self, consultation: UUID, seq: int) -> bool:
        """Whether this message is the next one here, or nobody here counts."""
        ahead = self.cursors.step(consultation, seq)
        if ahead > 1:
            self.fall_behind(consultation)
        return ahead == 1

    def _post(self, command: PostMessage) -> None:
        post = Post(
            consultation=command.consultation,
            person=self.person,
            stream=command.stream,
            n=command.n,
            client_id=command.client_id,
            text=command.text,
            session=self.session,
        )
        letter = Letter(post, self)
        if not workers().writer.put(letter):
            refuse(letter, BUSY)

    def _relay(self, consultation: UUID, event: Event) -> None:
        """Pass on what is never stored, to the other party alone."""
        if not workers().relays.put(Relay(consultation, event, self)):
            self.refuse("busy")

    async def _greet(self, cursors: Mapping[UUID, int]) -> None:
        """Take what this person may read, catch up, then welcome."""
        for consultation in cursors:
            self.cursors.begin(consultation)
        try:
            pages = await self._missed(cursors)
            for consultation, events in pages.items():
                self.cursors.put(consultation, cursors[consultation])
                self._send_page(consultation, events)
                if len(events) == PAGE or self.cursors.has_more(consultation):
                    await self._catch_up(consultation)
        except PermissionDenied:
            self.refuse("not_yours")
            return
        finally:
            for consultation in cursors:
                self.cursors.finish(consultation)
        heartbeat = int(settings.TIMERS["heartbeat"] * 1000)
        self.tell(Welcomed(protocol=VERSION, minor=MINOR, heartbeat_ms=heartbeat))

    async def _recover(self, consultation: UUID) -> None:
        try:
            await self._catch_up(consultation)
        finally:
            self.cursors.finish(consultation)

    async def _catch_up(self, consultation: UUID) -> None:
        """Send the rest from the database, as long as this person may read it."""
        while (last := self.cursors.look(consultation)) is not None:
            pages = await self._missed({consultation: last})
            if consultation not in pages:
                self.cursors.drop(consultation)
                return
            self._send_page(consultation, pages[consultation])
            if len(pages[consultation]) < PAGE and not self.cursors.has_more(consultation):
                return

    def _send_page(self, consultation: UUID, events: list[MessagePosted]) -> None:
        for event in events:
            if event.seq == (self.cursors.of(consultation) or 0) + 1:
                self.cursors.put(consultation, event.seq)
                super().hear(event, event.to_wire())

    async def _missed(self, cursors: Mapping[UUID, int]) -> Pages:
        """From the database; while it is away, this waits for it."""
        while True:
            try:
                return await missed(workers().reader, self.person, self.session, cursors)
            except UnavailableError:
                await asyncio.sleep(PAUSE + random.random() * PAUSE)
