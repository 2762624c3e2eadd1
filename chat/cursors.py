"""How far one socket has heard its conversations, and which are being read for it just now."""

from collections.abc import Collection, Mapping
from uuid import UUID


class Cursors:
    """The last sequence sent of each conversation that somebody counts.

    While one is read from the database, what comes live would overtake it: it is held back, and
    noted, so that the reader looks once more.

    Kept under the numbers of the ids: this is asked with every message for everybody who hears
    it, and a UUID is slow to hash and to compare.
    """

    __slots__ = ("_last", "_more", "_readers")

    def __init__(self) -> None:
        self._last: dict[int, int] = {}
        self._readers: dict[int, int] | None = None  # Nearly always nothing is read.
        self._more: set[int] | None = None

    def __len__(self) -> int:
        return len(self._last)

    def numbers(self) -> Collection[int]:
        """The conversations that somebody counts."""
        return self._last.keys()

    def behind(self, ends: Mapping[int, int]) -> list[UUID]:
        """Which of them go on after what was sent, by the database's word on where they end."""
        last = self._last.items()
        return [UUID(int=number) for number, seq in last if ends.get(number, seq) > seq]

    def of(self, consultation: UUID) -> int | None:
        """The last sequence; None where nobody counts."""
        return self._last.get(consultation.int)

    def step(self, consultation: UUID, seq: int) -> int:
        """How far a live `seq` is ahead: 1 is heard next, also where nobody counts; 0 is not heard.

        More than 1 is a gap, to be read from the database.
        """
        number = consultation.int
        if self._readers and self._is_held_back(number):
            return 0
        last = self._last.get(number)
        if last is None:
            return 1
        if seq == last + 1:
            self._last[number] = seq
        return max(0, seq - last)

    def put(self, consultation: UUID, seq: int) -> None:
        self._last[consultation.int] = seq

    def drop(self, consultation: UUID) -> None:
        self._last.pop(consultation.int, None)

    # --- Reading ---

    def is_read(self, consultation: UUID) -> bool:
        """Whether somebody reads it now; then they are told to look once more."""
        return self._is_held_back(consultation.int)

    def begin(self, consultation: UUID) -> None:
        """From now on somebody reads it, until `finish`."""
        readers = self._readers = self._readers or {}
        readers[consultation.int] = readers.get(consultation.int, 0) + 1

    def look(self, consultation: UUID) -> int | None:
        """What the reader looks behind now: the last sequence, if anybody counts."""
        if self._more:
            self._more.discard(consultation.int)
        return self.of(consultation)

    def has_more(self, consultation: UUID) -> bool:
        """Whether anything was held back since the reader looked."""
        return self._more is not None and consultation.int in self._more

    def finish(self, consultation: UUID) -> None:
        readers = self._readers or {}
        left = readers.get(consultation.int, 0) - 1
        if left > 0:
            readers[consultation.int] = left
        else:
            readers.pop(consultation.int, None)
            self._readers = readers or None

    def _is_held_back(self, number: int) -> bool:
        if not self._readers or number not in self._readers:
            return False
        self._more = self._more or set()
        self._more.add(number)
        return True
