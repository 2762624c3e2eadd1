"""The life of a server process, for servers that tell of it (uvicorn; daphne does not).

It refuses to begin on a database that forgets, and ends politely: on SIGTERM nobody new is let
in, everybody is asked to connect again elsewhere, what was taken on is stored; only then the
server's own stop begins, which closes whoever is still there with 1012.
"""

import asyncio
import gc
import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from catalog.letters import tell
from chat.sweep import start_sweep, stop_sweep
from chat.workers import stop_workers, workers
from live.bridge import bridge
from live.leaving import leaving
from trust.durability import insist

Stop = Callable[[int, FrameType | None], Any]


class Lifespan:
    """ASGI application for the one scope of that name."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        while (await receive())["type"] == "lifespan.startup":
            try:
                await _open()
            except ImproperlyConfigured as fault:
                await send({"type": "lifespan.startup.failed", "message": str(fault)})
                return
            await send({"type": "lifespan.startup.complete"})
        await _close()
        await send({"type": "lifespan.shutdown.complete"})


async def _open() -> None:
    await sync_to_async(insist)()
    await sync_to_async(tell)()
    _settle_memory()
    start_sweep()
    bridge.start()
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGTERM)
    if callable(before):
        signal.signal(signal.SIGTERM, partial(_asked_to_go, loop, before))


def _settle_memory() -> None:
    """What is loaded by now stays: the collector need not look through it for every few frames."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


async def _close() -> None:
    await stop_workers()
    await stop_sweep()
    await bridge.stop()


def _asked_to_go(
    loop: asyncio.AbstractEventLoop, stop: Stop, number: int, frame: FrameType | None
) -> None:
    if leaving.begun:  # Somebody insists.
        stop(number, frame)
    else:
        loop.call_soon_threadsafe(_begin, stop, number)


def _begin(stop: Stop, number: int) -> None:
    def go(_done: "asyncio.Task[None]") -> None:
        _go_in_the_end()
        stop(number, None)

    asyncio.create_task(leaving.begin(workers().writer.settle)).add_done_callback(go)


def _go_in_the_end() -> None:
    """What was taken on is stored; a thread that waits for a lock must not keep the process."""
    insisting = threading.Timer(settings.LEAVING["insist"], os._exit, [0])
    insisting.daemon = True
    insisting.start()
