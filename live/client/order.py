"""Messages in sequence: 1, 2, 3 … each once. A repeat is dropped; a gap means asking again."""

from typing import Generic, TypeVar

Item = TypeVar("Item")


class Order(Generic[Item]):
    """What one conversation has let through, and what waits for something before it."""

    def __init__(self, last: int = 0) -> None:
        self._last = last
        self._ahead: dict[int, Item] = {}

    @property
    def last(self) -> int:
        """The highest sequence below which nothing is missing."""
        return self._last

    @property
    def has_gap(self) -> bool:
        return bool(self._ahead)

    def take(self, seq: int, item: Item) -> list[Item] | None:
        """What may be shown now, in order; nothing for a repeat; None for a gap (ask again)."""
        if seq <= self._last:
            return []
        if seq > self._last + 1:
            return None
        return list(self._release(item))

    def hold(self, seq: int, item: Item) -> list[Item]:
        """The same for what comes only once (an acknowledgement): it waits for its turn."""
        released = self.take(seq, item)
        if released is None:
            self._ahead.setdefault(seq, item)
            return []
        return released

    def _release(self, item: Item) -> list[Item]:
        released = [item]
        self._last += 1
        self._ahead.pop(self._last, None)
        while self._last + 1 in self._ahead:
            self._last += 1
            released.append(self._ahead.pop(self._last))
        return released
