"""Taking turns, and saying what came of it in one line of JSON."""

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: `make bench` by default, `--quick` for a first look."""

    rounds: int = 5
    seconds: float = 5.0
    pairs: int = 200
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one contender did in one round; `void` says why it does not count."""

    value: float
    void: str = ""


Turn = Callable[[], Reading]


@dataclass(frozen=True, slots=True)
class Round:
    """Both contenders, one after the other."""

    ours: Reading
    theirs: Reading

    @property
    def void(self) -> str:
        return self.ours.void or self.theirs.void

    @property
    def ratio(self) -> float:
        return self.ours.value / self.theirs.value


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
    """One line of docs/benchmarks.md. `must` is the least ratio, or with `at_most` the largest."""

    name: str
    unit: str
    peer: str
    must: float
    at_most: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    def line(self, rounds: list[Round], plan: Plan) -> dict[str, Any]:
        """The medians of the rounds that count."""
        good = [each for each in rounds if not each.void]
        ratio = median(each.ratio for each in good) if good else None
        return {
            "name": self.name,
            "value": _shown(median(each.ours.value for each in good) if good else None),
            "unit": self.unit,
            "against": _shown(median(each.theirs.value for each in good) if good else None),
            "ratio": _shown(ratio),
            "rounds": len(good),
            "commit": commit(),
            "peer": self.peer,
            "must": self.must,
            "reached": self.reached(ratio),
            "ratios": [_shown(each.ratio) for each in good],
            "void": [each.void for each in rounds if each.void],
            "quick": plan.quick,
            **self.more,
        }

    def reached(self, ratio: float | None) -> bool:
        if ratio is None:
            return False
        return ratio <= self.must if self.at_most else ratio >= self.must


def say(line: dict[str, Any]) -> bool:
    """Print the line; whether everything in it counts."""
    print(json.dumps(line, ensure_ascii=False), flush=True)
    return not line["void"]


@cache
def commit() -> str:
    """What was measured; with a + when the tree has changes of its own."""
    said = ["git", "describe", "--always", "--abbrev=10", "--dirty=+", "--exclude=*"]
    done = subprocess.run(said, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _shown(value: float | None) -> float | None:
    """Four digits that mean something."""
    return None if value is None else float(f"{value:.4g}")
