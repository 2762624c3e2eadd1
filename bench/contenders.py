"""Whoever takes a turn: opens for one visit of the crowd, and shows its books afterwards."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from bench.crowd import Crowd
from bench.rounds import Reading, Turn

Play = Callable[[Crowd], float]


class Contender(Protocol):
    """Ours and theirs alike."""

    def open(self) -> AbstractContextManager[Crowd]:
        """Alone on the server's core, and ready; closed afterwards."""
        ...

    def differs(self, crowd: Crowd) -> str:
        """How what is stored differs from what the crowd was told; empty if it does not."""
        ...


def turn(contender: Contender, play: Play) -> Turn:
    """One visit, and whether it counts."""

    def take() -> Reading:
        with contender.open() as crowd:
            value = play(crowd)
        void = crowd.void or contender.differs(crowd)
        busy = max((each.processor for each in crowd.heard), default=0.0)
        return Reading(value, void or ("" if value > 0 else "nothing was heard"), busy)

    return take
