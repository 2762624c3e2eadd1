"""What every socket has in common: admission, limits, a short receive loop, bounded sending.

A plain ASGI application rather than a Channels consumer: no thread hop and no channel per event
(docs/adr/0002). A subclass says who may come in and what a command does.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied

from live.bridge import bridge
from live.direct import direct
from live.frame import Command, Event, MalformedError
from live.hub import hub
from live.leaving import leaving
from live.limits import token_for
from live.outlet import Outlet, Send
from live.protocol import Heartbeat, HeartbeatAnswered, Refused, parse
from live.words import refusal

LIMITS = settings.LIMITS  # Looked up with every frame.

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]

NOT_YOU, TOO_SLOW, FLOODING, TOO_MANY = 4403, 4408, 1008, 4429
RESTARTING, TRY_LATER = 1012, 1013
# For daphne, whose protocol lets a server say 1000 and 3000–4999 only.
TWINS = {FLOODING: 4008, TRY_LATER: 4013}
FAREWELL = 10.0  # Seconds for the other side to answer a close.
PATIENCE = 50  # Refusals for haste before the socket is closed.


class UnavailableError(Exception):
    """Nobody can say now who may come in: the database is away."""


class LiveConsumer:
    """One person's ear and mouth on one page. Thousands stay open: every field is counted."""

    __slots__ = (
        "__weakref__",
        "_ending",
        "_faults",
        "_hasty",
        "_listening",
        "_outlet",
        "_receive",
        "_send",
        "_tasks",
        "groups",
        "heard_at",
    )

    sockets_limit = "sockets_per_citizen"

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._outlet = Outlet(send, self._too_slow)
        self._ending: asyncio.Task[None] | None = None
        self._listening: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] | None = None
        self._faults = self._hasty = 0
        self.groups: tuple[str, ...] = ()
        self.heard_at = time.monotonic()

    @classmethod
    def as_asgi(cls) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            await cls(receive, send).run(scope)

        return application

    async def subscribe(self, scope: Scope) -> tuple[str, ...]:
        """The groups that this person may hear, their own first; or `PermissionDenied`."""
        raise NotImplementedError

    def perform(self, command: Command) -> None:
        """Do what was asked, or begin to: whatever waits is given to `keep`."""
        raise NotImplementedError

    async def run(self, scope: Scope) -> None:
        """From handshake to farewell."""
        await self._receive()
        if leaving.begun:
            await self._turn_away(scope)
            return
        try:
            self.groups = await self.subscribe(scope)
        except PermissionDenied:
            await self._send({"type": "websocket.close", "code": NOT_YOU})
            return
        except UnavailableError:
            await self._send({"type": "websocket.accept"})
            await self.close(TRY_LATER)
            return
        if hub.count(self.groups[0]) >= LIMITS[self.sockets_limit]:
            await self._send({"type": "websocket.close", "code": TOO_MANY})
            return
        bridge.start()
        hub.join(self)
        way = direct(scope)
        try:
            await self._send({"type": "websocket.accept"})
            if way is not None:
                way.taker, self._outlet.give = self.take, way.give
            await self._listen()
        except asyncio.CancelledError:
            if self._outlet.is_open:
                raise  # Not by us.
        finally:
            hub.leave(self)
            self._outlet.is_open = False
            if way is not None:
                way.taker = None  # Or each would keep the other.
            for task in self._tasks or ():
                task.cancel()

    async def _turn_away(self, scope: Scope) -> None:
        """We are about to go; a proxy tries the next one."""
        if "websocket.http.response" not in scope.get("extensions", {}):
            await self._send({"type": "websocket.close", "code": RESTARTING})
            return
        await self._send({"type": "websocket.http.response.start", "status": 503, "headers": []})
        await self._send({"type": "websocket.http.response.body", "body": b""})

    async def _listen(self) -> None:
        self._listening = asyncio.current_task()
        while (event := await self._receive())["type"] == "websocket.receive":
            if self._ending is not None:
                await self._ending
                return
            text = event.get("text")
            self.take(None if text is None else text.encode())

    def take(self, frame: bytes | None) -> None:
        """One text from the browser, None for anything else.

        Raises `UnicodeDecodeError` for what is no text at all.
        """
        if not self._outlet.is_open:
            return
        now = self.heard_at = time.monotonic()
        try:
            if frame is None or len(frame) > LIMITS["frame_bytes"]:
                raise MalformedError("malformed" if frame is None else "too_big")
            command = parse(frame)
        except MalformedError as fault:
            if frame is not None:
                frame.decode()
            self._malformed(fault)
            return
        if (wait := token_for(self.groups[0], now)) > 0:
            self.slow_down(command, wait)
            return
        if self._hasty:
            self._hasty -= 1
        if isinstance(command, Heartbeat):
            self.tell(HeartbeatAnswered())
        else:
            self.perform(command)

    def tell(self, event: Event) -> None:
        """Send an event to this socket alone."""
        self._outlet.put(event.to_wire())

    def refuse(self, code: str, retry_ms: int | None = None) -> None:
        """Say why the last frame was not accepted."""
        self.tell(Refused(code=code, detail=refusal(code), retry_ms=retry_ms))

    def hear(self, event: Event, frame: bytes) -> None:
        """Queue a frame. A reader who cannot keep up is closed; resuming loses nothing."""
        self._outlet.put(frame)

    async def close(self, code: int) -> None:
        await self._outlet.close(code, TWINS.get(code, code))

    def keep(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Work that goes on beside the receive loop, and ends with the socket."""
        if self._tasks is None:
            self._tasks = set()
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def slow_down(self, command: Command, wait: float) -> None:
        """Ask for patience; `command` was not performed. Who never listens is sent away."""
        self._hasty += 1
        if self._hasty > PATIENCE:
            self.show_out(FLOODING)
            return
        self.refuse("slow_down", retry_ms=int(wait * 1000) + 1)

    def show_out(self, code: int) -> None:
        """Close; whatever else comes is not heard any more."""
        if self._ending is None:
            self._outlet.is_open = False
            self._ending = self.keep(self.close(code))
            self.keep(self._hang_up())

    async def _hang_up(self) -> None:
        await asyncio.sleep(FAREWELL)
        if self._listening is not None:
            self._listening.cancel()  # They did not even answer our goodbye.

    def _too_slow(self) -> None:
        self.show_out(TOO_SLOW)

    def _malformed(self, fault: MalformedError) -> None:
        self._faults += 1
        self.refuse(fault.code)
        if self._faults >= LIMITS["malformed"]:
            self.show_out(FLOODING)
