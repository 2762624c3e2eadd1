"""A socket on which conversations are heard in order, without gaps.

Each open conversation has a cursor: the last sequence sent. A live event is a hint; whatever does
not follow the cursor directly is fetched from the database first.
"""

import asyncio
from uuid import UUID

from channels.db import database_sync_to_async
from django.conf import settings
from django.core.exceptions import PermissionDenied

from accounts.identity import live_sessions
from chat.frames import posted, refused, stored
from chat.models import Message
from chat.operations import wake_if_parked
from chat.posts import Post, Rejected
from chat.writer import writer
from consult.models import Consultation, Person
from live import groups
from live.consumer import LiveConsumer, Receive, Scope, Send
from live.frame import Command, Event
from live.hub import hub
from live.protocol import (
    VERSION,
    Hello,
    MessageDelivered,
    MessagePosted,
    MessageSeen,
    PostMessage,
    ReceiveMessage,
    SeeMessage,
    ShowTyping,
    TypingShown,
    Welcomed,
)
from live.publish import spread

PAGE = 200
CITIZEN, COUNSELLOR = Message.Role.CITIZEN, Message.Role.COUNSELLOR


class ConversationSocket(LiveConsumer):
    """What citizens and counsellors share: hello, posting, receiving, seeing, typing."""

    person: Person
    role: Message.Role
    counsellor: int | None = None
    session: str = ""
    cases: tuple[UUID, ...] = ()

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        super().__init__(scope, receive, send)
        self.cursors: dict[UUID, int] = {}
        self._behind: set[UUID] = set()

    async def perform(self, command: Command) -> None:
        match command:
            case PostMessage():
                await self._post(command)
            case Hello(cursors=cursors):
                await self._greet(cursors)
            case ReceiveMessage(consultation=consultation, seq=seq):
                told = MessageDelivered(consultation=consultation, seq=seq, by=self.role)
                await self._relay(consultation, told)
            case SeeMessage(consultation=consultation, seq=seq):
                await self._relay(
                    consultation, MessageSeen(consultation=consultation, seq=seq, by=self.role)
                )
            case ShowTyping(consultation=consultation):
                await self._relay(
                    consultation, TypingShown(consultation=consultation, by=self.role)
                )

    def keep_cases(self, cases: tuple[UUID, ...]) -> None:
        """Hear these cases only, from now on."""
        gone = {groups.case(case) for case in self.cases if case not in cases}
        if gone:
            hub.leave(self)
            self.cases = cases
            self.groups = tuple(group for group in self.groups if group not in gone)
            hub.join(self)

    def hear(self, event: Event, text: str) -> None:
        if not isinstance(event, MessagePosted):
            super().hear(event, text)
            return
        last = self.cursors.get(event.consultation)
        if last is None or event.seq == last + 1:
            if last is not None:
                self.cursors[event.consultation] = event.seq
            super().hear(event, text)
        elif event.seq > last:
            self._fall_behind(event.consultation)

    def compare(self, ends: dict[UUID, int]) -> None:
        """The database's word on where each conversation ends."""
        for consultation, last in self.cursors.items():
            if ends.get(consultation, last) > last:
                self._fall_behind(consultation)

    async def _post(self, command: PostMessage) -> None:
        message = Post(
            consultation=command.consultation,
            person=self.person,
            stream=command.stream,
            n=command.n,
            client_id=command.client_id,
            text=command.text,
            session=self.session,
        )
        result = await writer().post(message)
        if isinstance(result, Rejected):
            self.tell(refused(result, message))
            return
        self.tell(stored(result, message))
        if result.consultation.state == Consultation.State.PARKED:
            await database_sync_to_async(wake_if_parked)(result)

    async def _greet(self, cursors: dict[UUID, int]) -> None:
        """Take what this person may read, catch up, then welcome."""
        allowed = await database_sync_to_async(self._readable)(list(cursors))
        for consultation in allowed:
            self.cursors[consultation] = cursors[consultation]
            await self._catch_up(consultation)
        heartbeat = int(settings.TIMERS["heartbeat"] * 1000)
        self.tell(Welcomed(protocol=VERSION, heartbeat_ms=heartbeat))

    def _readable(self, consultations: list[UUID]) -> list[UUID]:
        self._still_signed_in()
        visible = Consultation.objects.spoken_by(self.person).filter(pk__in=consultations)
        return list(visible.distinct().values_list("pk", flat=True))

    def _fall_behind(self, consultation: UUID) -> None:
        if consultation not in self._behind:
            self._behind.add(consultation)
            self.keep(asyncio.create_task(self._recover(consultation)))

    async def _recover(self, consultation: UUID) -> None:
        try:
            await self._catch_up(consultation)
        finally:
            self._behind.discard(consultation)

    async def _catch_up(self, consultation: UUID) -> None:
        """Send the rest from the database, as long as this person may read it."""
        while consultation in self.cursors:
            after = self.cursors[consultation]
            events = await database_sync_to_async(self._rest)(consultation, after)
            if events is None:
                del self.cursors[consultation]
                return
            for event in events:
                if event.seq == self.cursors[consultation] + 1:
                    self.cursors[consultation] = event.seq
                    super().hear(event, event.to_wire())
            if len(events) < PAGE:
                return

    def _rest(self, consultation: UUID, after: int) -> list[MessagePosted] | None:
        if not self._readable([consultation]):
            return None
        messages = Message.objects.filter(consultation=consultation).in_order()
        return [posted(message) for message in messages.filter(seq__gt=after)[:PAGE]]

    async def _relay(self, consultation: UUID, event: Event) -> None:
        """Pass on what is never stored, to the other party alone."""
        row = await database_sync_to_async(self._visible)(consultation)
        if self.role == CITIZEN and row.holder_id:
            spread(event, (groups.person(row.holder_id),))
        elif self.role == COUNSELLOR and row.holder_id == self.person.pk:
            spread(event, (groups.case(row.case_id),))

    def _visible(self, consultation: UUID) -> Consultation:
        self._still_signed_in()
        visible = Consultation.objects.spoken_by(self.person)
        row = visible.filter(pk=consultation).only("case_id", "holder_id").first()
        if row is None:
            raise PermissionDenied
        return row

    def _still_signed_in(self) -> None:
        """Asked with every command: signing out ends what an open socket may do."""
        if self.session and not live_sessions([self.session]):
            raise PermissionDenied
