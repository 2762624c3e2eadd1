"""How long somebody will wait: an honest range from what happened lately and what is now. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

ENOUGH = 5  # Waits below which no range is shown: no invented numbers.


@dataclass(frozen=True, slots=True)
class WaitRange:
    """Seconds: what most people waited, stretched to what the present line makes likely."""

    low: float
    high: float


def wait_range(
    waits: Sequence[float], *, place: int = 1, starts_an_hour: int = 0
) -> WaitRange | None:
    """From the waits that ended lately, and the pace at which this line moves; None: too few.

    The range spans the 20th and the 80th percentile; a line that is longer or shorter than what
    those people met moves the nearer end.
    """
    if len(waits) < ENOUGH:
        return None
    fifths = quantiles(waits, n=5)
    low, high = fifths[0], fifths[-1]
    if starts_an_hour >= ENOUGH:
        likely = place * 3600 / starts_an_hour
        low, high = min(low, likely), max(high, likely)
    return WaitRange(low=low, high=high)
