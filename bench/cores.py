"""Who runs on which core: what is measured on one, everything that drives it on the other."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

ALL: Final = frozenset(os.sched_getaffinity(0))


def server() -> set[int]:
    """The core of whoever is measured."""
    return {min(ALL)}


def driver() -> set[int]:
    """The core of the crowd, and of database servers that stand beside."""
    return {max(ALL)}


def enough() -> bool:
    """Measuring needs two: one core would measure both sides at once."""
    return len(ALL) >= 2


@contextmanager
def pinned(cores: set[int]) -> Iterator[None]:
    """Processes started in here stay on `cores`, as `taskset` would have it."""
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, ALL)
