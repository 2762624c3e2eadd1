"""What every socket has in common: admission, limits, a short receive loop, bounded sending.

A plain ASGI application rather than a Channels consumer: no thread hop and no channel per event
(docs/adr/0002). A subclass says who may come in and what a command does.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied

from live.bridge import bridge
from live.frame import Command, Event, MalformedError
from live.hub import hub
from live.limits import bucket_of
from live.protocol import Heartbeat, HeartbeatAnswered, Refused, parse
from live.words import refusal

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

NOT_YOU, TOO_SLOW, FLOODING, TOO_MANY = 4403, 4408, 1008, 4429
TWINS = {FLOODING: 4008}  # For daphne, whose protocol lets a server say 1000 and 3000–4999 only.
SEND_TIMEOUT = 8.0
BACKLOG = 500  # Frames that may wait for a slow reader before it is sent away to resume.
PATIENCE = 50  # Refusals for haste before the socket is closed.


class LiveConsumer:
    """One person's ear and mouth on one page."""

    sockets_limit = "sockets_per_citizen"

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope, self._receive, self._send = scope, receive, send
        self.groups: tuple[str, ...] = ()
        self.heard_at = time.monotonic()
        self._outgoing: deque[str] = deque()
        self._sending: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = False
        self._faults = 0
        self._hasty = 0

    @classmethod
    def as_asgi(cls) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            await cls(scope, receive, send).run()

        return application

    async def subscribe(self) -> tuple[str, ...]:
        """The groups that this person may hear, their own first; or `PermissionDenied`."""
        raise NotImplementedError

    async def perform(self, command: Command) -> None:
        """Do what was asked; `PermissionDenied` is answered for you."""
        raise NotImplementedError

    async def run(self) -> None:
        """From handshake to farewell."""
        await self._receive()
        try:
            self.groups = await self.subscribe()
        except PermissionDenied:
            await self._send({"type": "websocket.close", "code": NOT_YOU})
            return
        if hub.count(self.groups[0]) >= settings.LIMITS[self.sockets_limit]:
            await self._send({"type": "websocket.close", "code": TOO_MANY})
            return
        await self._send({"type": "websocket.accept"})
        self._open = True
        bridge.start()
        hub.join(self)
        try:
            await self._listen()
        finally:
            self._open = False
            hub.leave(self)
            for task in (self._sending, *self._tasks):
                if task is not None:
                    task.cancel()

    async def _listen(self) -> None:
        while self._open:  # Nothing more is done for who was shown out.
            event = await self._receive()
            if event["type"] == "websocket.disconnect":
                return
            self.heard_at = time.monotonic()
            await self.take(event.get("text"))

    async def take(self, text: str | None) -> None:
        """One frame from the browser."""
        try:
            if text is None or len(text.encode()) > settings.LIMITS["frame_bytes"]:
                raise MalformedError("malformed" if text is None else "too_big")
            command = parse(text)
        except MalformedError as fault:
            await self._malformed(fault)
            return
        if (wait := self._wait()) > 0:
            await self.slow_down(command, wait)
            return
        if isinstance(command, Heartbeat):
            self.tell(HeartbeatAnswered())
            return
        try:
            await self.perform(command)
        except PermissionDenied:
            self.tell(Refused(code="not_yours", detail=refusal("not_yours")))

    def tell(self, event: Event) -> None:
        """Send an event to this socket alone."""
        self.hear(event, event.to_wire())

    def hear(self, event: Event, text: str) -> None:
        """Queue a frame. A reader who cannot keep up is closed; resuming loses nothing."""
        if not self._open:
            return
        if len(self._outgoing) >= BACKLOG:
            self._outgoing.clear()
            self._open = False
            self._sending = asyncio.create_task(self.close(TOO_SLOW))
            return
        self._outgoing.append(text)
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._drain())

    async def _drain(self) -> None:
        try:
            while self._outgoing:
                async with asyncio.timeout(SEND_TIMEOUT):
                    await self._send({"type": "websocket.send", "text": self._outgoing.popleft()})
        except Exception:  # The reader is gone or stuck; the receive loop will hear of it.
            self._outgoing.clear()
            await self.close(TOO_SLOW)

    async def close(self, code: int) -> None:
        self._open = False
        for each in (code, TWINS.get(code, code)):
            with suppress(Exception):  # The other side may have been faster.
                async with asyncio.timeout(SEND_TIMEOUT):
                    await self._send({"type": "websocket.close", "code": each})
                return

    def keep(self, task: asyncio.Task[None]) -> None:
        """Work that goes on beside the receive loop, and ends with the socket."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def slow_down(self, command: Command, wait: float) -> None:
        """Ask for patience; `command` was not performed. Who never listens is sent away."""
        self._hasty += 1
        if self._hasty > PATIENCE:
            await self.close(FLOODING)
            return
        milliseconds = int(wait * 1000) + 1
        self.tell(Refused(code="slow_down", detail=refusal("slow_down"), retry_ms=milliseconds))

    async def _malformed(self, fault: MalformedError) -> None:
        self._faults += 1
        self.tell(Refused(code=fault.code, detail=refusal(fault.code)))
        if self._faults >= settings.LIMITS["malformed"]:
            await self.close(FLOODING)

    def _wait(self) -> float:
        """Seconds until this person, on all their sockets together, may send again."""
        now, limits = time.monotonic(), settings.LIMITS
        bucket = bucket_of(
            self.groups[0],
            per_second=limits["bucket_per_second"],
            burst=limits["bucket_burst"],
            now=now,
        )
        return bucket.take(now)
