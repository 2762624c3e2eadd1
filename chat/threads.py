"""Threads of ours that talk to the database: one piece of work at a time, beside the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import connection

P = ParamSpec("P")
R = TypeVar("R")


class DatabaseThread:
    """One thread with one database connection of its own."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.get_running_loop()
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)

    async def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `function` in the thread, after whatever runs there now."""
        work = partial(_alive, function, *args, **kwargs)
        return await self._loop.run_in_executor(self._executor, work)

    async def stop(self) -> None:
        """Give the connection back and let the thread go."""
        await self.run(_close)
        self._executor.shutdown()


def _alive(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """On a connection that works: one that failed before is dropped first.

    Not `close_if_unusable_or_obsolete`: without a maximal age that would open one for every call.
    """
    if connection.errors_occurred:
        connection.close()
    return function(*args, **kwargs)


def _close() -> None:
    connection.close()  # Looked up here: each thread has its own.
