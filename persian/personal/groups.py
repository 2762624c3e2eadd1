"""Digits as people group them: every way to read neighbouring groups as one number.

All ways are listed once, by their number of digits, and every rule looks only at the sizes
that it knows. A hostile text of bare digits must not cost more than a long one does, so
groups join only where somebody could have meant one number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import NamedTuple

_GROUP = re.compile(r"[0-9]+")
_JOIN = re.compile(r"[\s.\-_/\\,()|·:*+]{1,4}")
_YEAR = re.compile(r"1[34]\d\d|19\d\d|20\d\d")
_LONGEST = 26
_MOST_GROUPS = 8
_CARD_LENGTH = 16


class Neighbour(NamedTuple):
    """The group beside a run: what joins it, and how many digits it has."""

    mark: str
    size: int


class Run(NamedTuple):
    """Neighbouring groups of digits, read as one number; `marks` is what stands between them."""

    start: int
    end: int
    digits: str
    shape: tuple[int, ...]
    marks: tuple[str, ...]
    neighbours: tuple[Neighbour, ...]

    @property
    def joined(self) -> bool:
        return len(self.shape) == 1

    @property
    def uniform(self) -> bool:
        return len(set(self.marks)) <= 1

    @property
    def tidy(self) -> bool:
        """Joined by one sign, or by two that alternate as people do."""
        return len(set(self.marks)) <= 2

    @property
    def one_by_one(self) -> bool:
        return len(self.shape) > 1 and set(self.shape) == {1}

    @property
    def goes_on(self) -> bool:
        """Whether it is only a part of a longer number in the same rhythm, spaces aside."""
        return bool(self.marks) and any(
            beside.mark == self.marks[0] != " " for beside in self.neighbours
        )

    @property
    def years(self) -> int:
        """How many of its groups could be years."""
        ends = accumulate(self.shape)
        fours = (
            self.digits[end - 4 : end]
            for size, end in zip(self.shape, ends, strict=True)
            if size == 4
        )
        return sum(_YEAR.fullmatch(group) is not None for group in fours)


@dataclass(slots=True)
class _Chain:
    """Groups that nothing but signs and spaces separates."""

    groups: list[re.Match[str]]
    marks: list[str]

    def parts(self) -> Iterator[tuple[int, int, int]]:
        """Which groups make one number: how many digits, the first group, the one after it."""
        sizes = [len(group[0]) for group in self.groups]
        for first, size in enumerate(sizes):
            yield size, first, first + 1
        if len(sizes) > 1:
            yield from _streaks(sizes)
            yield from _parts_of_mixed(sizes)
        if len(sizes) > 1 and sum(sizes) == _CARD_LENGTH:
            yield _CARD_LENGTH, 0, len(sizes)  # A card alone, however it is cut.

    def run(self, first: int, after: int) -> Run:
        groups = self.groups[first:after]
        digits = [group[0] for group in groups]
        return Run(
            start=groups[0].start(),
            end=groups[-1].end(),
            digits="".join(digits),
            shape=tuple(map(len, digits)),
            marks=tuple(self.marks[first : after - 1]),
            neighbours=self._before(first) + self._after(after),
        )

    def _before(self, first: int) -> tuple[Neighbour, ...]:
        return (Neighbour(self.marks[first - 1], len(self.groups[first - 1][0])),) if first else ()

    def _after(self, after: int) -> tuple[Neighbour, ...]:
        if after == len(self.groups):
            return ()
        return (Neighbour(self.marks[after - 1], len(self.groups[after][0])),)


def _streaks(sizes: list[int]) -> Iterator[tuple[int, int, int]]:
    """Digits typed one by one or in pairs: they are a number only all together."""
    first = 0
    for size, streak in groupby(sizes):
        groups = len(list(streak))
        if size < 3 and groups > 1 and size * groups <= _LONGEST:
            yield size * groups, first, first + groups
        first += groups


def _parts_of_mixed(sizes: list[int]) -> Iterator[tuple[int, int, int]]:
    """Ten digits and up with one group of three at least; or equal groups, as codes come."""
    for first, size in enumerate(sizes):
        total = longest = size
        alike = True
        for after in range(first + 1, min(first + _MOST_GROUPS, len(sizes))):
            total += sizes[after]
            longest = max(longest, sizes[after])
            alike = alike and sizes[after] == size
            if total > _LONGEST:
                break
            if longest > 2 and (total >= 10 or alike):
                yield total, first, after + 1


class Runs:
    """The runs of one text by their number of digits; built only for the sizes asked for."""

    def __init__(self, text: str) -> None:
        self._parts: dict[int, list[tuple[_Chain, int, int]]] = {}
        self._built: dict[int, list[Run]] = {}
        for chain in _chains(text):
            for size, first, after in chain.parts():
                self._parts.setdefault(size, []).append((chain, first, after))

    def __bool__(self) -> bool:
        return bool(self._parts)

    def of(self, size: int) -> list[Run]:
        """All runs of so many digits, in the order of the text."""
        if size not in self._built:
            parts = self._parts.get(size, ())
            self._built[size] = [chain.run(first, after) for chain, first, after in parts]
        return self._built[size]


def _chains(text: str) -> list[_Chain]:
    chains: list[_Chain] = []
    end = 0
    for group in _GROUP.finditer(text):
        join = _JOIN.fullmatch(text, end, group.start()) if chains else None
        if join is None:
            chains.append(_Chain([group], []))
        else:
            chains[-1].groups.append(group)
            chains[-1].marks.append("\n" if "\n" in join[0] else join[0].strip() or " ")
        end = group.end()
    return chains
