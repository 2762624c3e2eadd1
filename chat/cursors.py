"""How far one socket has heard its conversations."""

from collections.abc import Iterator
from uuid import UUID


class Cursors:
    """The last sequence sent of each conversation that somebody counts.

    Kept under the numbers of the ids: this is asked with every message for everybody who hears
    it, and a UUID is slow to hash and to compare.
    """

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._last)

    def __iter__(self) -> Iterator[UUID]:
        return (UUID(int=number) for number in self._last)

    def of(self, consultation: UUID) -> int | None:
        """The last sequence; None where nobody counts."""
        return self._last.get(consultation.int)

    def step(self, consultation: UUID, seq: int) -> int:
        """How far `seq` is ahead; what is ahead by one, or counted by nobody, is heard next."""
        number = consultation.int
        last = self._last.get(number)
        if last is None:
            return 1
        if seq == last + 1:
            self._last[number] = seq
        return seq - last

    def put(self, consultation: UUID, seq: int) -> None:
        self._last[consultation.int] = seq

    def drop(self, consultation: UUID) -> None:
        self._last.pop(consultation.int, None)
