"""The bytes that a client sends on a WebSocket, cut where its frames end. Pure.

A frame of a client carries its own mask, so that it may be repeated or moved as it is.
"""

from collections.abc import Iterator

TEXT = 1
LENGTHS = {126: 2, 127: 8}  # What stands for a length of so many bytes.


class Frames:
    """Collects bytes; `take` yields every frame that is complete."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def take(self, more: bytes) -> Iterator[bytes]:
        """Each complete frame as it was sent."""
        self._bytes += more
        while (size := _size(self._bytes)) and len(self._bytes) >= size:
            yield bytes(self._bytes[:size])
            del self._bytes[:size]


def is_text(frame: bytes) -> bool:
    """A whole message of text: anything else keeps its place."""
    return frame[0] == 0x80 | TEXT


def _size(start: bytearray) -> int:
    """How long the frame is that begins here; 0 while that cannot be said."""
    if len(start) < 2:
        return 0
    masked, short = start[1] & 0x80, start[1] & 0x7F
    extra = LENGTHS.get(short, 0)
    if len(start) < 2 + extra:
        return 0
    length = int.from_bytes(start[2 : 2 + extra]) if extra else short
    return 2 + extra + (4 if masked else 0) + length
