"""Taking turns, and saying what came of it in one line of JSON."""

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from statistics import median
from typing import Any

from ops.web import ROOT


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: `make bench` by default."""

    rounds: int = 5
    seconds: float = 5.0
    pairs: int = 200
    sockets: int = 10_000
    waiting: int = 100_000
    cards: int = 10_000
    quick: bool = False


QUICK = Plan(rounds=2, seconds=2.0, pairs=100, sockets=2_000, waiting=10_000, quick=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one contender did in one round; `void` says why it does not count.

    `processor` is how much of its core the crowd needed: near 1 it measures itself.
    """

    value: float
    void: str = ""
    processor: float = 0.0


Turn = Callable[[], Reading]


@dataclass(frozen=True, slots=True)
class Round:
    """Both contenders, one after the other; or us alone, where the goal is a plain number."""

    ours: Reading
    theirs: Reading | None = None

    @property
    def void(self) -> str:
        return self.ours.void or (self.theirs.void if self.theirs else "")

    @property
    def processor(self) -> float:
        return max(each.processor for each in (self.ours, self.theirs) if each)

    @property
    def ratio(self) -> float | None:
        return self.ours.value / self.theirs.value if self.theirs else None


def interleaved(ours: Turn, theirs: Turn, rounds: int) -> Iterator[Round]:
    """Round after round; whoever went first goes second in the next."""
    for number in range(rounds):
        if number % 2:
            there = theirs()
            yield Round(ours(), there)
        else:
            here = ours()
            yield Round(here, theirs())


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of docs/benchmarks.md.

    `must` is the least that is wanted, or with `at_most` the largest: of the ratio where there is
    a `peer`, else of the value.
    """

    name: str
    unit: str
    peer: str
    must: float
    at_most: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    def line(self, rounds: list[Round], plan: Plan) -> dict[str, Any]:
        """The medians of the rounds that count."""
        good = [each for each in rounds if not each.void]
        ratios = [each.ratio for each in good if each.ratio is not None]
        value = middle([each.ours.value for each in good])
        against = middle([each.theirs.value for each in good if each.theirs])
        ratio = middle(ratios)
        return {
            "name": self.name,
            "value": value,
            "unit": self.unit,
            "against": against,
            "ratio": ratio,
            "rounds": len(good),
            "commit": commit(),
            "peer": self.peer,
            "must": self.must,
            "reached": self.reached(ratio if self.peer else value),
            "processor": max((each.processor for each in good), default=None),
            "ratios": [_shown(each) for each in ratios],
            "void": [each.void for each in rounds if each.void],
            "quick": plan.quick,
            **self.more,
        }

    def reached(self, measured: float | None) -> bool:
        """Whether it is as good as it must be; nothing measured is not."""
        if measured is None:
            return False
        return measured <= self.must if self.at_most else measured >= self.must


def say(line: dict[str, Any]) -> bool:
    """Print the line; whether everything in it counts."""
    print(json.dumps(line, ensure_ascii=False), flush=True)
    return not line["void"]


def middle(values: list[float]) -> float | None:
    """The median, to four digits; None of nothing."""
    return _shown(median(values)) if values else None


@cache
def commit() -> str:
    """What was measured; with a + when the tree has changes of its own."""
    said = ["git", "describe", "--always", "--abbrev=10", "--dirty=+", "--exclude=*"]
    done = subprocess.run(said, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _shown(value: float) -> float:
    return float(f"{value:.4g}")
