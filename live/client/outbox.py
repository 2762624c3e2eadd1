"""What was written and is not yet stored. Pure: the wire, the clock and the names are handed in.

Everything unacknowledged is sent again after a lost connection, in order, and the server stores
each message once. Only a window of it is on its way at a time, so that a long outbox is no flood.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from live.protocol import MessageRefused

WINDOW = 8
SOON = 0.2
UNANSWERED = 15.0

Later = Callable[[float, Callable[[], None]], object]


@dataclass(slots=True, eq=False)
class Entry:
    """One message on its way; `stream` and `n` are its place, `client_id` its name for ever."""

    client_id: str
    text: str
    stream: str
    n: int
    away: bool = False  # Sent on this connection and not yet answered.
    moved: bool = False


class Outbox:
    """The unacknowledged messages of one conversation, in the order in which they were written."""

    def __init__(
        self,
        *,
        send: Callable[[Entry], bool],
        later: Later,
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        self._send, self._later, self._new_id = send, later, new_id
        self._entries: list[Entry] = []
        self._stream, self._n = new_id(), 0
        self._resting = self._watching = False

    @property
    def entries(self) -> list[Entry]:
        return list(self._entries)

    def post(self, text: str) -> Entry:
        """Take a message; it leaves now, or when its turn comes."""
        entry = Entry(self._new_id(), text, *self._place())
        self._entries.append(entry)
        self._pump()
        return entry

    def resend(self) -> None:
        """Everything unacknowledged, in the order in which it was written."""
        self._resting = False
        for entry in self._entries:
            entry.away = False
        self._pump()

    def rest(self, seconds: float) -> None:
        """The server wants patience; nothing leaves before, or it would arrive out of order."""
        if not self._resting:
            self._resting = True
            self._later(seconds, self._rested)

    def stored(self, client_id: str) -> Entry | None:
        """Acknowledged: forget it, and let the next one go."""
        entry = self._find(client_id)
        if entry is not None:
            self._entries.remove(entry)
            self._pump()
        return entry

    def refused(self, answer: MessageRefused) -> Entry | None:
        """The entry if it failed for good; None while it is still on its way."""
        entry = self._find(answer.client_id)
        if entry is None or (entry.stream, entry.n) != (answer.stream, answer.n):
            return None  # A place that was given up: no news.
        held = {(each.stream, each.n) for each in self._entries}
        wanted = answer.code == "gap" and (answer.stream, answer.expect) in held
        if wanted or answer.retry_ms is not None:
            self.rest(SOON if answer.retry_ms is None else answer.retry_ms / 1000)
            return None
        lost_its_place = answer.code in {"gap", "repeated"} and not entry.moved
        if lost_its_place:
            entry.moved = True
        else:
            self._entries.remove(entry)
        self._restart(answer.stream)
        return None if lost_its_place else entry

    def _restart(self, stream: str) -> None:
        """What came after a refused message cannot keep its number: it moves to a fresh stream."""
        self._stream, self._n = self._new_id(), 0
        for entry in self._entries:
            if entry.stream == stream:
                entry.stream, entry.n = self._place()
        self.rest(SOON)

    def _rested(self) -> None:
        if self._resting:
            self.resend()

    def _place(self) -> tuple[str, int]:
        self._n += 1
        return self._stream, self._n

    def _pump(self) -> None:
        """Send what has not left yet, as far as the window reaches."""
        if self._resting:
            return
        for entry in self._entries[:WINDOW]:
            if not entry.away:
                if not self._send(entry):
                    return
                entry.away = True
                self._watch()

    def _watch(self) -> None:
        """An answer can get lost with nobody noticing; asking again does no harm."""
        if not self._watching:
            self._watching = True
            self._later(UNANSWERED, self._look)

    def _look(self) -> None:
        self._watching = False
        if not self._resting:
            self.resend()

    def _find(self, client_id: str) -> Entry | None:
        return next((each for each in self._entries if each.client_id == client_id), None)
