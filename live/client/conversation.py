"""One conversation as a client holds it: what was heard, in order, and what is not yet stored."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from live.client.order import Order
from live.client.outbox import Entry, Later, Outbox
from live.protocol import MessagePosted, MessageRefused, MessageStored

Placed = MessagePosted | MessageStored


class RefusedError(Exception):
    """The message was not stored and never will be as it is; `answer` says why."""

    def __init__(self, answer: MessageRefused) -> None:
        super().__init__(f"{answer.code}: {answer.detail.get('en', '')}")
        self.answer = answer


@dataclass(slots=True)
class Sent:
    """A message in the outbox. `acknowledged` ends with the server's answer, however late."""

    consultation: UUID
    client_id: str
    text: str
    acknowledged: asyncio.Future[MessageStored]


class Conversation:
    """Order and outbox of one consultation, and the promises made to whoever posted."""

    def __init__(
        self, pk: UUID, last: int, send: Callable[[UUID, Entry], bool], later: Later
    ) -> None:
        self.pk = pk
        self.over = self.settled = False  # It has ended; and its last line is here.
        self.asked = False  # A hello for it is on its way.
        self.outbox = Outbox(send=lambda entry: send(pk, entry), later=later)
        self._order: Order[Placed] = Order(last)
        self._sent: dict[str, Sent] = {}

    @property
    def last(self) -> int:
        return self._order.last

    @property
    def has_gap(self) -> bool:
        return self._order.has_gap

    @property
    def unacknowledged(self) -> list[Sent]:
        return [self._sent[entry.client_id] for entry in self.outbox.entries]

    def post(self, text: str) -> Sent:
        """Into the outbox; the promise ends when the server has answered."""
        answer: asyncio.Future[MessageStored] = asyncio.get_running_loop().create_future()
        entry = self.outbox.post(text)
        self._sent[entry.client_id] = sent = Sent(self.pk, entry.client_id, text, answer)
        return sent

    def place(self, event: Placed) -> list[Placed] | None:
        """What may be shown now; None for a gap. One's own, caught up on, is an answer, too."""
        if isinstance(event, MessageStored):
            return self._stored(event)
        if event.client_id in self._sent:
            return self._stored(_as_stored(event))
        return self._order.take(event.seq, event)

    def _stored(self, event: MessageStored) -> list[Placed]:
        """One's own takes its place; whatever is missing before it comes first."""
        self.outbox.stored(event.client_id)
        sent = self._sent.pop(event.client_id, None)
        if sent is not None and not sent.acknowledged.done():
            sent.acknowledged.set_result(event)
        return self._order.hold(event.seq, event)

    def refused(self, event: MessageRefused) -> Sent | None:
        """The message if it failed for good."""
        if self.outbox.refused(event) is None:
            return None
        sent = self._sent.pop(event.client_id)
        if not sent.acknowledged.done():
            sent.acknowledged.set_exception(RefusedError(event))
        return sent


def _as_stored(event: MessagePosted) -> MessageStored:
    return MessageStored(
        consultation=event.consultation,
        stream=event.stream,
        n=event.n,
        client_id=event.client_id,
        seq=event.seq,
        at=event.at,
        text=event.text,
        masked=event.masked,
    )
