"""Between processes: what is told here is carried, as a hint, to the hubs of the others.

One subscription and one sender per process, over the channel layer. Losing a hint costs latency,
never a message; when the layer fails nothing is sent to it for a while, so that a frozen Redis
slows nobody down. With the in-memory layer there are no others and all this stands still.
"""

import asyncio
import logging
import time
import uuid
from collections import deque
from collections.abc import Collection
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer

from live.hub import News, hub
from live.protocol import revive

log = logging.getLogger(__name__)

Hint = tuple[tuple[str, ...], bytes]  # Whom it concerns, and the frame.

GROUP = "hints"
PAUSE = 2.0  # Seconds without the layer after it failed.
BACKLOG = 10_000


class Bridge:
    """This process's link to the others."""

    def __init__(self) -> None:
        self.origin = uuid.uuid4().hex
        self.healthy_since: float | None = None
        self._waiting: deque[Hint] = deque(maxlen=BACKLOG)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake: asyncio.Event | None = None
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def needed(self) -> bool:
        return not isinstance(get_channel_layer(), InMemoryChannelLayer)

    @property
    def healthy(self) -> bool:
        """Whether hints can be relied on, so that polling may be rare."""
        return not self.needed or self.healthy_since is not None

    def start(self) -> None:
        """Begin listening and sending; harmless to repeat. On the loop of the sockets."""
        loop = asyncio.get_running_loop()
        if not self.needed or (self._loop is loop and self._tasks):
            return
        self._loop, self._wake = loop, asyncio.Event()
        self._tasks = [loop.create_task(self._listen()), loop.create_task(self._send())]

    async def stop(self) -> None:
        going, self._tasks, self.healthy_since = set(self._tasks), [], None
        while going:  # A client that is connecting may swallow the first word.
            for task in going:
                task.cancel()
            _gone, going = await asyncio.wait(going, timeout=0.2)

    def carry(self, heap: Collection[News]) -> None:
        """Send it to the other processes, from any thread."""
        if not self.needed or not heap:
            return
        hints = [(each.groups, each.frame) for each in heap]
        if self._loop is None or self._loop.is_closed():
            self._send_alone(hints)
        else:
            self._loop.call_soon_threadsafe(self._queue, hints)

    def _queue(self, hints: list[Hint]) -> None:
        self._waiting.extend(hints)
        if self._wake is not None:
            self._wake.set()

    def _send_alone(self, hints: list[Hint]) -> None:
        """From a command beside the server: no loop is running, so one is borrowed."""
        try:
            async_to_sync(self._group_send)(hints)
        except Exception as error:  # Whatever the layer raises, the work stands.
            log.warning("A hint was lost: %s", type(error).__name__)

    async def _group_send(self, hints: list[Hint]) -> None:
        layer: Any = get_channel_layer()
        async with asyncio.timeout(PAUSE):
            await layer.group_send(GROUP, {"type": "hints", "origin": self.origin, "hints": hints})

    async def _send(self) -> None:
        assert self._wake is not None
        while True:
            await self._wake.wait()
            self._wake.clear()
            hints, self._waiting = list(self._waiting), deque(maxlen=BACKLOG)
            try:
                await self._group_send(hints)
            except Exception as error:
                self._failed(error)
                await asyncio.sleep(PAUSE)
                self._waiting.clear()  # Stale by now: everybody polls while the bridge is down.

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear_on()
            except Exception as error:  # Redis gone, or the layer confused: begin again.
                self._failed(error)
            await asyncio.sleep(PAUSE)

    async def _hear_on(self) -> None:
        layer: Any = get_channel_layer()
        async with asyncio.timeout(PAUSE * 2):
            channel = await layer.new_channel()
            await layer.group_add(GROUP, channel)
        self.healthy_since = time.monotonic()
        while True:
            message = await layer.receive(channel)
            self.healthy_since = self.healthy_since or time.monotonic()
            if message.get("origin") != self.origin:
                for groups, frame in message["hints"]:
                    hub.tell(News(revive(frame), tuple(groups), frame))

    def _failed(self, error: Exception) -> None:
        if self.healthy_since is not None:
            log.warning("The wire between processes is down: %s", type(error).__name__)
        self.healthy_since = None


bridge = Bridge()
