"""All conversations of one client: which it asks the server for, and what it makes of each event.

No socket here: frames to be sent are handed to `tell`, and the clock is `later`.
"""

from collections import deque
from collections.abc import Callable, Iterable
from typing import Final
from uuid import UUID

from live.client.conversation import Conversation, Placed, Sent
from live.client.outbox import Entry, Later
from live.frame import MAX_CURSORS, Command, Event
from live.protocol import (
    MINOR,
    ConsultationChanged,
    Hello,
    MessagePosted,
    MessageRefused,
    MessageStored,
    PostMessage,
    Refused,
    Welcomed,
)

SETTLES: Final = 0.15  # Seconds: what is missing is most often just a moment behind.
ENDED: Final = "closed"

Log = Callable[..., None]


class TurnedAwayError(Exception):
    """The server will not have us: not signed in, another version, or too many sockets."""


class Conversations:
    """What this client follows, by consultation."""

    def __init__(self, tell: Callable[[Command], None], later: Later, log: Log) -> None:
        self._tell, self._later, self._log = tell, later, log
        self._held: dict[UUID, Conversation] = {}
        self._hellos: deque[tuple[UUID, ...]] = deque()  # Said and not yet answered, in order.
        self._wary: deque[UUID] = deque()  # To be asked for one by one: a hello was refused.
        self.up = False

    def __getitem__(self, consultation: UUID) -> Conversation:
        return self._held[consultation]

    @property
    def unacknowledged(self) -> list[Sent]:
        return [sent for each in self._held.values() for sent in each.unacknowledged]

    def follow(self, consultation: UUID, last: int) -> Conversation:
        """Hear this one, too, from after `last` on."""
        if consultation not in self._held:
            self._held[consultation] = Conversation(consultation, last, self._post, self._later)
            self._greet([consultation])
        return self._held[consultation]

    # --- Hello ---

    def begin(self) -> None:
        """A connection has opened: name what is held, but for what has ended."""
        self._hellos.clear()
        self._held = {
            pk: each for pk, each in self._held.items() if each.unacknowledged or not each.settled
        }
        for each in self._held.values():
            each.asked = False
        self._greet(self._held)

    def end(self) -> None:
        """The connection is gone; everything unacknowledged stays."""
        self.up = False

    def ask_the_next(self) -> None:
        """After a refused hello: one conversation at a time, with every beat."""
        if self._wary and self.up:
            self._say_hello((self._wary.popleft(),))

    def _greet(self, consultations: Iterable[UUID]) -> None:
        """Ask for the rest of these; in several frames where one would be too large."""
        asked = list(consultations)
        for start in range(0, len(asked) or 1, MAX_CURSORS):
            self._say_hello(tuple(asked[start : start + MAX_CURSORS]))

    def _say_hello(self, asked: tuple[UUID, ...]) -> None:
        cursors = {pk: self._held[pk].last for pk in asked if pk in self._held}
        self._hellos.append(tuple(cursors))
        self._log("hello", cursors=len(cursors), held=any(cursors.values()))
        self._tell(Hello(minor=MINOR, cursors=cursors))

    def _welcomed(self) -> None:
        for pk in self._hellos.popleft() if self._hellos else ():
            if conversation := self._held.get(pk):
                conversation.asked = False
                conversation.settled = conversation.over and not conversation.has_gap
        if self.up or self._hellos:
            return
        self.up = True
        self._log("up")
        for conversation in self._held.values():
            conversation.outbox.resend()

    def _refused(self, event: Refused) -> None:
        self._log("refused", code=event.code)
        if event.code == "version":
            raise TurnedAwayError(event.code)
        asked = [pk for each in self._hellos for pk in each]
        if event.retry_ms is not None:
            wait = event.retry_ms / 1000
            for conversation in self._held.values():
                conversation.outbox.rest(wait)
            if self._hellos:
                self._hellos.clear()
                self._later(wait, lambda: self._greet(asked))
        elif self._hellos and event.code != "not_yours":
            self._wary.extend(asked)
            self._hellos.clear()
            self._say_hello(())  # Resume with nothing rather than never.

    # --- What is heard ---

    def take(self, event: Event) -> list[Event]:
        """What the reader of this client hears of it."""
        match event:
            case Welcomed():
                self._welcomed()
            case Refused():
                self._refused(event)
            case MessagePosted() | MessageStored():
                return [*self._placed(event)]
            case MessageRefused():
                return self._rejected(event)
            case ConsultationChanged(state=state) if state == ENDED:
                if conversation := self._held.get(event.consultation):
                    conversation.over = True
                    self._ask_again(conversation)
        return [event]

    def _placed(self, event: Placed) -> list[Placed]:
        conversation = self._held.get(event.consultation)
        if conversation is None:
            return []  # Not followed: `consultation.changed` says that there is news.
        if isinstance(event, MessageStored):
            self._log("stored", event=event)
        placed = conversation.place(event)
        if placed is None or conversation.has_gap:
            self._log("gap", consultation=event.consultation, seq=event.seq)
            self._ask_again(conversation)
        elif not placed:
            self._log("repeat", consultation=event.consultation, seq=event.seq)
        return placed or []

    def _rejected(self, event: MessageRefused) -> list[Event]:
        conversation = self._held.get(event.consultation)
        final = conversation is not None and conversation.refused(event) is not None
        self._log("rejected", event=event, final=final)
        return [event] if final else []

    def _ask_again(self, conversation: Conversation) -> None:
        if not conversation.asked:
            conversation.asked = True
            self._later(SETTLES, lambda: self._ask(conversation))

    def _ask(self, conversation: Conversation) -> None:
        if self.up and conversation.asked and conversation.pk in self._held:
            self._say_hello((conversation.pk,))

    def _post(self, consultation: UUID, entry: Entry) -> bool:
        if not self.up:
            return False
        self._tell(
            PostMessage(
                consultation=consultation,
                stream=entry.stream,
                n=entry.n,
                client_id=entry.client_id,
                text=entry.text,
            )
        )
        return True
