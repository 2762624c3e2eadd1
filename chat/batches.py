"""Work that many sockets ask for at once, done together: one thread takes everything queued.

While one batch is worked on the next one gathers, so a busy process pays for a statement once for
many, and an idle one waits for nobody. A full queue refuses rather than grow.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from chat.threads import DatabaseThread

log = logging.getLogger(__name__)

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Batches(Generic[Asked, Answer]):
    """One thread and one task, on the running loop; its connection stays its own.

    Given back to the pool it could be missing when it is needed: pages that wait for a lock may
    hold all the others.

    `work` answers a batch, in its order, in the thread; `done` takes both on the loop. Where
    `work` raised, the answers are None: nobody knows what became of it.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[Sequence[Asked]], Sequence[Answer]],
        done: Callable[[Sequence[Asked], Sequence[Answer | None]], None],
        *,
        queue: int = 2_000,
        batch: int = 500,
    ) -> None:
        self._name, self._work, self._done = name, work, done
        self._bounds = queue, batch
        self._queue: deque[Asked] = deque()
        self._wake, self._idle = asyncio.Event(), asyncio.Event()
        self._idle.set()
        self._thread = DatabaseThread(name)
        self._task = asyncio.get_running_loop().create_task(self._go_on())

    def put(self, asked: Asked) -> bool:
        """Queue it; False when there is no room."""
        if len(self._queue) >= self._bounds[0]:
            return False
        self._queue.append(asked)
        self._idle.clear()
        self._wake.set()
        return True

    async def settle(self) -> None:
        """Wait until everything queued so far is done."""
        await self._idle.wait()

    async def stop(self) -> None:
        """Finish what is queued, then let the thread go."""
        await self.settle()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._thread.stop()

    async def _go_on(self) -> None:
        while True:
            await self._wake.wait()
            await asyncio.sleep(0)  # Whatever has arrived by now comes along.
            self._wake.clear()
            while self._queue:
                await self._do_batch()
            self._idle.set()

    async def _do_batch(self) -> None:
        size = min(self._bounds[1], len(self._queue))
        asked = [self._queue.popleft() for _each in range(size)]
        answers: Sequence[Answer | None]
        try:
            answers = await self._thread.run(self._work, asked)
        except Exception:
            log.exception("%s: a batch of %d failed", self._name, size)
            answers = [None] * size
        try:
            self._done(asked, answers)
        except Exception:  # The next batch must still be done.
            log.exception("%s: a batch of %d was not told of", self._name, size)
