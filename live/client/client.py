"""A person's end of the wire: posts and hears, whatever happens to the connection in between.

What is written is kept until the server has stored or finally refused it; what is heard comes in
order, once, without gaps. docs/protocol.md is all that this needed to know.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any, Final, Self
from uuid import UUID

from live.client.backoff import Backoff
from live.client.connection import FLOODING, NOT_YOU, Connection, LostError
from live.client.conversation import Sent
from live.client.conversations import Conversations, Log, TurnedAwayError
from live.frame import Command, Event
from live.protocol import Heartbeat, ReconnectAsked, Welcomed

TURNED_AWAY: Final = 6  # Times in a row after which this is not for us.
MISSED_HEARTBEATS: Final = 2.5
BRIEFEST_SILENCE: Final = 2.0
PATIENCE: Final = 10.0  # Seconds for a handshake, and again for the welcome.
UNREAD: Final = 1_000


class Client:
    """`async with Client(address, path, cookie) as client:` is somebody on the wire.

    `origin` is the address of the pages, where the socket has another. Everything heard goes to
    `heard`, or can be iterated over; who does neither becomes a slow reader in the end.
    `log(what, **facts)` is told of everything, for those who check.
    """

    def __init__(  # noqa: PLR0913 (three say where, the rest are options)
        self,
        address: str,
        path: str = "/ws/citizen/",
        cookie: str = "",
        *,
        origin: str = "",
        patience: float = PATIENCE,
        heard: Callable[[Event], None] | None = None,
        log: Log | None = None,
    ) -> None:
        self._place = (address, path, cookie, origin or address)
        self._patience = patience
        self._heard, self._log = heard, log or _silence
        self._backoff = Backoff()
        self._conversations = Conversations(self.tell, _later, self._log)
        self._unread: asyncio.Queue[Event] = asyncio.Queue(UNREAD)
        self._connection: Connection | None = None
        self._heartbeat, self._turned_away = 15.0, 0
        self._living: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._living = asyncio.create_task(self._live())
        return self

    async def __aexit__(self, *_how: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Leave. What is unacknowledged can still be read from `unacknowledged`."""
        if self._living is not None:
            self._living.cancel()
            with suppress(asyncio.CancelledError, TurnedAwayError):
                await self._living

    @property
    def up(self) -> bool:
        """Whether the server has welcomed us on the present connection."""
        return self._conversations.up

    @property
    def unacknowledged(self) -> list[Sent]:
        return self._conversations.unacknowledged

    def last(self, consultation: UUID) -> int:
        """The last sequence held of a conversation."""
        return self._conversations[consultation].last

    def follow(self, consultation: UUID, last: int = 0) -> None:
        """Hear this conversation from after `last` on."""
        self._conversations.follow(consultation, last)

    async def post(self, consultation: UUID, text: str) -> Sent:
        """Say something; `await sent.acknowledged` for its place, or `RefusedError`."""
        sent = self._conversations.follow(consultation, 0).post(text)
        self._log("posted", sent=sent)
        return sent

    def tell(self, command: Command) -> None:
        """Any other frame (seen, received, typing); lost where there is no connection."""
        if self._connection is not None:
            self._connection.send(command)

    async def __aiter__(self) -> AsyncIterator[Event]:
        """Everything heard. Ends with `TurnedAwayError`."""
        while self._living is not None:
            getting = asyncio.ensure_future(self._unread.get())
            await asyncio.wait({getting, self._living}, return_when=asyncio.FIRST_COMPLETED)
            if not getting.done():
                getting.cancel()
                self._living.result()
            yield await getting

    # --- The connection, again and again ---

    async def _live(self) -> None:
        while True:
            wait: float | None = None
            try:
                async with Connection.open(
                    *self._place, patience=self._patience
                ) as self._connection:
                    self._log("opened", port=self._connection.port)
                    wait = await self._converse(self._connection)
            except LostError as lost:
                self._lost(lost.code)
            finally:
                self._connection = None
                self._conversations.end()
            wait = self._backoff.next() if wait is None else wait
            self._log("down", wait=wait)
            await asyncio.sleep(wait)

    def _lost(self, code: int) -> None:
        self._log("lost", code=code)
        if code in (*FLOODING, *NOT_YOU):
            self._backoff.slower()
        self._turned_away = self._turned_away + 1 if code in NOT_YOU else 0
        if self._turned_away >= TURNED_AWAY:
            raise TurnedAwayError(str(code))

    async def _converse(self, connection: Connection) -> float | None:
        """Until it is lost; or seconds, when the server asks us to come back after that long."""
        self._conversations.begin()
        beating = asyncio.create_task(self._beat(connection))
        try:
            async for event in connection.events():
                if isinstance(event, ReconnectAsked):
                    self._log("reconnect")
                    return (event.after_ms + event.jitter_ms * random.random()) / 1000
                if isinstance(event, Welcomed):
                    self._heartbeat, self._turned_away = event.heartbeat_ms / 1000, 0
                    self._backoff.reset()
                for each in self._conversations.take(event):
                    await self._hand_over(each)
        finally:
            beating.cancel()
        return None

    async def _beat(self, connection: Connection) -> None:
        """A socket can die without a word: silence for too long counts as closed."""
        clock = asyncio.get_running_loop().time
        opened_at = clock()
        while True:
            await asyncio.sleep(min(self._heartbeat, 1.0) if not self.up else self._heartbeat)
            silence = clock() - connection.heard_at
            patience = max(BRIEFEST_SILENCE, MISSED_HEARTBEATS * self._heartbeat)
            if silence > patience or (not self.up and clock() - opened_at > self._patience):
                self._log("silent")
                connection.drop()
                return
            connection.send(Heartbeat())
            self._conversations.ask_the_next()

    async def _hand_over(self, event: Event) -> None:
        if self._heard is None:
            await self._unread.put(event)
        else:
            self._heard(event)


def _later(seconds: float, act: Callable[[], None]) -> object:
    return asyncio.get_running_loop().call_later(seconds, act)


def _silence(_what: str, **_facts: Any) -> None:
    """Nobody checks."""
