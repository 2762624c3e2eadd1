"""The one writer of a process: takes everything queued, commits once, then answers.

While one batch is being committed the next one gathers; an idle server adds no wait. A full queue
refuses with a retryable answer rather than grow.
"""

import asyncio
import logging
from collections import deque

from chat.ledger import RETRY_MS, Result, append
from chat.posts import Post, Rejected
from chat.threads import DatabaseThread

log = logging.getLogger(__name__)

QUEUE = 2_000
BATCH = 500
IDLE = 1.0  # Seconds without work after which the database connection is given back.


class Writer:
    """One task and one thread, on the loop of this process's sockets."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self._queue: deque[tuple[Post, asyncio.Future[Result]]] = deque()
        self._wake = asyncio.Event()
        self._thread = DatabaseThread("writer")
        self._task = self.loop.create_task(self._write())

    async def post(self, post: Post) -> Result:
        """Queue a message and wait for its answer."""
        if len(self._queue) >= QUEUE:
            return Rejected(code="busy", retry_ms=RETRY_MS)
        answer: asyncio.Future[Result] = self.loop.create_future()
        self._queue.append((post, answer))
        self._wake.set()
        return await answer

    async def stop(self) -> None:
        """Finish what is queued, then let the thread go."""
        if self._queue:
            await asyncio.wait([answer for _post, answer in self._queue])
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._thread.stop()

    async def _write(self) -> None:
        while True:
            try:
                await asyncio.wait_for(self._wake.wait(), IDLE)
            except TimeoutError:
                await self._thread.hang_up()
                await self._wake.wait()
            self._wake.clear()
            while self._queue:
                await self._write_batch()

    async def _write_batch(self) -> None:
        batch = [self._queue.popleft() for _ in range(min(BATCH, len(self._queue)))]
        posts = [post for post, _ in batch]
        try:
            results = await self._thread.run(append, posts)
        except Exception:
            log.exception("A batch of %d messages was not stored", len(posts))
            results = [Rejected(code="busy", retry_ms=RETRY_MS) for _ in posts]
        for (_, answer), result in zip(batch, results, strict=True):
            if not answer.done():
                answer.set_result(result)


_writers: list[Writer] = []


def writer() -> Writer:
    """The writer of the running loop."""
    loop = asyncio.get_running_loop()
    if not _writers or _writers[0].loop is not loop:
        _writers[:] = [Writer()]
    return _writers[0]


async def stop_writer() -> None:
    """For the end of a process, or of a test."""
    if _writers and _writers[0].loop is asyncio.get_running_loop():
        await _writers.pop().stop()
