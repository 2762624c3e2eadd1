"""The short way between uvicorn and a socket: frames handed over without a queue and a task each.

    uvicorn --ws live.direct:DirectProtocol …

uvicorn's own protocol, and ASGI for everything but the plain frames of an open conversation: the
handshake, the end, pings, fragments, a slow reader, whatever is not as it should be. Under any
other server there is no such extension and all goes the usual way (docs/adr/0011, with figures).
"""

from collections.abc import Callable
from struct import Struct
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.speedups import apply_mask

EXTENSION = "live.direct"
WHOLE_TEXT = 0x81  # A text in one frame, nothing reserved set (RFC 6455, 5.2).
MASKED = 0x80
LENGTH_OF_TWO, LENGTH_OF_EIGHT = 126, 127
SHORT_HEAD, LONG_HEAD = Struct("!BB").pack, Struct("!BBH").pack


class DirectProtocol(WebSocketsSansIOProtocol):
    """As an ASGI extension it offers `give` and, once set, calls `taker` with each text.

    A text is UTF-8. Of what is not the taker says `UnicodeDecodeError`, if it notices at all: that
    costs less than asking for every text.
    """

    taker: Callable[[bytes], None] | None = None
    _missing: int | None = 0  # Bytes until the next frame begins; None once nobody knows.

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):  # The handshake was one; its task begins after this.
            extensions: Any = self.scope["extensions"]
            extensions[EXTENSION] = self

    def data_received(self, data: bytes) -> None:
        if not self.handshake_complete:
            super().data_received(data)
            return
        taken = self._take(data) if self.taker is not None and self._missing == 0 else 0
        if taken < len(data):
            rest = data[taken:] if taken else data
            self._missing = _missing_after(rest, self._missing)
            super().data_received(rest)

    def give(self, text: bytes) -> bool:
        """Send it, if it can leave at once; a slow reader must be waited for, the usual way."""
        if not self.writable.is_set() or self.disconnected or self.close_sent:
            return False
        size = len(text)
        if size < LENGTH_OF_TWO:
            head = SHORT_HEAD(WHOLE_TEXT, size)
        elif size < 1 << 16:
            head = LONG_HEAD(WHOLE_TEXT, LENGTH_OF_TWO, size)
        else:
            return False
        self.transport.write(head + text)
        return True

    def _take(self, data: bytes) -> int:
        """Hand over the plain frames at the beginning; how many bytes that was."""
        at, taker = 0, self.taker
        assert taker is not None
        while at < len(data) and not (self.close_sent or self.frames):
            frame = _plain_text(data, at)
            if frame is None or frame[1] - at > self.config.ws_max_size:
                break
            begin, end = frame
            try:
                taker(apply_mask(data[begin:end], data[begin - 4 : begin]))
            except UnicodeDecodeError:
                break  # The library knows how to end this.
            at = end
        return at


def direct(scope: dict[str, Any]) -> DirectProtocol | None:
    """The short way, where the server offers it."""
    found = scope.get("extensions", {}).get(EXTENSION)
    return found if isinstance(found, DirectProtocol) else None


def _plain_text(data: bytes, at: int) -> tuple[int, int] | None:
    """Where the text of the frame at `at` begins and ends, if it is a plain one and all here."""
    if len(data) - at < 8 or data[at] != WHOLE_TEXT or data[at + 1] < MASKED:
        return None
    size, begin = data[at + 1] - MASKED, at + 6
    if size == LENGTH_OF_TWO:
        size, begin = int.from_bytes(data[at + 2 : at + 4], "big"), at + 8
    elif size == LENGTH_OF_EIGHT:
        return None
    end = begin + size
    return (begin, end) if end <= len(data) else None


def _missing_after(data: bytes, missing: int | None) -> int | None:
    """How many bytes after `data` the next frame begins; None when that cannot be seen."""
    if missing is None:
        return None
    at = missing
    while at < len(data):
        if len(data) - at < 10:
            size = data[at + 1] & 0x7F if len(data) - at > 1 else LENGTH_OF_EIGHT
            if size >= LENGTH_OF_TWO and not (size == LENGTH_OF_TWO and len(data) - at >= 4):
                return None
        at += _length(data, at)
    return at - len(data)


def _length(data: bytes, at: int) -> int:
    size, mask = data[at + 1] & 0x7F, 4 if data[at + 1] & MASKED else 0
    if size == LENGTH_OF_TWO:
        return 4 + mask + int.from_bytes(data[at + 2 : at + 4], "big")
    if size == LENGTH_OF_EIGHT:
        return 10 + mask + int.from_bytes(data[at + 2 : at + 10], "big")
    return 2 + mask + size
