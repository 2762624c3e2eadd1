"""Digits as people group them: every way to read neighbouring groups as one number.

All ways are listed once, by their number of digits, and every rule looks only at the sizes
that it knows. A hostile text of bare digits must not cost more than a long one does, so
groups join only where somebody could have meant one number.
"""

import re
from collections.abc import Iterable, Iterator, Set
from itertools import accumulate, groupby
from typing import NamedTuple

_GROUP = re.compile(r"[0-9]+")
_CHAIN = re.compile(r"[0-9]+(?:[\s.\-_/\\,()|·:*+]{1,4}[0-9]+)*")
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


class _Chain:
    """Groups that nothing but signs and spaces separates."""

    __slots__ = ("_spans", "_text", "sizes")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._spans = [group.span() for group in _GROUP.finditer(text, start, end)]
        self.sizes = [after - first for first, after in self._spans]

    def parts(self) -> list[tuple[int, int, int]]:
        """Which groups make one number: how many digits, the first group, the one after it."""
        sizes = self.sizes
        alone = [(size, first, first + 1) for first, size in enumerate(sizes)]
        if len(sizes) == 1:
            return alone
        card = [(_CARD_LENGTH, 0, len(sizes))] if sum(sizes) == _CARD_LENGTH else []
        return [*alone, *_streaks(sizes), *_parts_of_mixed(sizes), *card]

    def run(self, first: int, after: int) -> Run:
        spans = self._spans[first:after]
        return Run(
            spans[0][0],
            spans[-1][1],
            "".join([self._text[start:end] for start, end in spans]),
            tuple(self.sizes[first:after]),
            tuple([self._mark(group) for group in range(first + 1, after)]),
            self._beside(first, first - 1) + self._beside(after, after),
        )

    def _mark(self, group: int) -> str:
        """What stands before a group."""
        join = self._text[self._spans[group - 1][1] : self._spans[group][0]]
        return "\n" if "\n" in join else join.strip() or " "

    def _beside(self, edge: int, group: int) -> tuple[Neighbour, ...]:
        if not 0 < edge < len(self.sizes):
            return ()
        return (Neighbour(self._mark(edge), self.sizes[group]),)


def _streaks(sizes: list[int]) -> Iterator[tuple[int, int, int]]:
    """Digits typed one by one or in pairs: they are a number only all together."""
    first = 0
    for size, streak in groupby(sizes) if min(sizes) < 3 else ():
        groups = len(list(streak))
        if size < 3 and groups > 1 and size * groups <= _LONGEST:
            yield size * groups, first, first + groups
        first += groups


def _parts_of_mixed(sizes: list[int]) -> Iterator[tuple[int, int, int]]:
    """Ten digits and up with one group of three at least; or equal groups, as codes come."""
    for first, size in enumerate(sizes) if max(sizes) > 2 else ():
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
    """The runs of one text by their number of digits; built only for the sizes asked for.

    Chains that have not even `least` digits in all are not looked into.
    """

    def __init__(self, text: str, least: int) -> None:
        self._parts: dict[int, list[tuple[_Chain, int, int]]] = {}
        self._built: dict[int, list[Run]] = {}
        for found in _CHAIN.finditer(text):
            if sum(map(str.isdigit, found[0])) < least:
                continue
            chain = _Chain(text, *found.span())
            for size, first, after in chain.parts():
                if size in self._parts:
                    self._parts[size].append((chain, first, after))
                else:
                    self._parts[size] = [(chain, first, after)]

    @property
    def sizes(self) -> Set[int]:
        return self._parts.keys()

    def of(self, sizes: Iterable[int]) -> list[Run]:
        """All runs of so many digits, size by size, in the order of the text."""
        return [run for size in sizes if size in self._parts for run in self._of(size)]

    def _of(self, size: int) -> list[Run]:
        if size not in self._built:
            parts = self._parts[size]
            self._built[size] = [chain.run(first, after) for chain, first, after in parts]
        return self._built[size]


NO_RUNS = Runs("", 1)
