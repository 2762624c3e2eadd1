"""Things done at the same moment, each in a thread and a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, Event
from time import sleep
from typing import Any

from django.db import connection, transaction

THREADS = 8


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Each in a thread of its own, begun together; what they returned."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def while_open(first: Callable[[], Any], second: Callable[[], Any], *, stands: bool = True) -> None:
    """`second` is done while the transaction of `first`, all done, is still open."""
    begun = Event()

    def one() -> None:
        with suppress(InterruptedError), transaction.atomic():
            first()
            begun.set()
            sleep(0.3)  # The other one has come as far as it can by now.
            if not stands:
                raise InterruptedError

    def other() -> None:
        begun.wait(timeout=10)
        second()

    at_once([one, other])
