"""The way out to one browser: frames in order, never more waiting than we can bear.

Nearly always the server takes a frame at once. So the send is begun right here, on the event
loop, and becomes a task only if it has to wait for the reader: a task for every frame would cost
as much as the frame (docs/adr/0011).
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextlib import suppress
from functools import partial
from types import coroutine
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]

SEND_TIMEOUT = 8.0
BACKLOG = 500  # Frames that may wait for a slow reader before it is sent away to resume.


class Outlet:
    """Sends to one socket. `stuck` is called once, when its reader cannot keep up."""

    __slots__ = ("_send", "_sending", "_stuck", "_waiting", "give", "is_open")

    def __init__(self, send: Send, stuck: Callable[[], None]) -> None:
        self._send, self._stuck = send, stuck
        self.give: Callable[[bytes], bool] | None = None  # The server's short way, if it has one.
        self._waiting: deque[bytes] | None = None  # Frames behind the one that is being sent.
        self._sending: asyncio.Task[None] | None = None
        self.is_open = True

    def put(self, frame: bytes) -> None:
        """Send, or queue behind what waits; neither blocks nor raises."""
        if not self.is_open:
            return
        if self._waiting is None:
            if self.give is None or not self.give(frame):
                self._begin(frame)
        elif len(self._waiting) < BACKLOG:
            self._waiting.append(frame)
        else:
            self._give_up()

    async def close(self, *codes: int) -> None:
        """End the socket with the first of `codes` that the server may use; nothing follows."""
        self.is_open = False
        for code in codes:
            with suppress(Exception):  # The other side may have been faster.
                async with asyncio.timeout(SEND_TIMEOUT):
                    await self._send({"type": "websocket.close", "code": code})
                return

    def _begin(self, frame: bytes) -> None:
        sending: Any = self._send(_sent(frame))
        try:
            waited_for = sending.send(None)
        except StopIteration:
            return  # Taken at once.
        except Exception:
            self._give_up()
            return
        self._waiting = deque()
        self._sending = asyncio.create_task(self._go_on(sending, waited_for))

    async def _go_on(self, sending: Coroutine[Any, Any, None], waited_for: Any) -> None:
        """The reader is slow: wait for it, then send what has gathered meanwhile."""
        try:
            async with asyncio.timeout(SEND_TIMEOUT):
                await _resumed(sending, waited_for)
            while self._waiting:
                async with asyncio.timeout(SEND_TIMEOUT):
                    await self._send(_sent(self._waiting.popleft()))
            self._waiting = None
        except Exception:  # The reader is gone or stuck.
            self._give_up()

    def _give_up(self) -> None:
        if self.is_open:
            self.is_open, self._waiting = False, deque()
            self._stuck()


def _sent(frame: bytes) -> dict[str, Any]:
    return {"type": "websocket.send", "text": frame.decode()}


@coroutine
def _resumed(begun: Coroutine[Any, Any, None], waited_for: Any) -> Generator[Any, Any, None]:
    """The rest of a coroutine that was begun outside of a task and had to wait."""
    while True:
        try:
            heard = yield waited_for
        except BaseException as interruption:
            go_on: Callable[[], Any] = partial(begun.throw, interruption)
        else:
            go_on = partial(begun.send, heard)
        try:
            waited_for = go_on()
        except StopIteration:
            return
