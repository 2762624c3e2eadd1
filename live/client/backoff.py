"""How long to wait before trying again: 1, 2, 4 … 30 s, each shortened by chance.

So a thousand clients that were sent away together do not come back in the same instant.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

FAR_UP = 3


@dataclass(slots=True)
class Backoff:
    """Seconds, step by step."""

    base: float = 1.0
    cap: float = 30.0
    chance: Callable[[], float] = random.random
    attempts: int = 0

    def next(self) -> float:
        """Seconds until the next attempt: at least half of the step, at most all of it."""
        step = min(self.cap, self.base * 2.0**self.attempts)
        self.attempts += 1
        return step / 2 + step / 2 * self.chance()

    def slower(self) -> None:
        """The server wants rest: begin further up."""
        self.attempts = max(self.attempts, FAR_UP)

    def reset(self) -> None:
        """It worked: the next time begins anew."""
        self.attempts = 0
