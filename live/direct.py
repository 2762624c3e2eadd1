"""The short way between uvicorn and a socket: frames handed over without a queue and a task each.

    uvicorn --ws live.direct:DirectProtocol …

uvicorn's own protocol, and ASGI for everything but the frames of an open conversation: the
handshake, the end, a message in fragments, a slow reader. Under any other server there is no such
extension in the scope and all goes the usual way (docs/adr/0010, with figures).
"""

from collections.abc import Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request

EXTENSION = "live.direct"


class DirectProtocol(WebSocketsSansIOProtocol):
    """As an ASGI extension it offers `give` and, once set, calls `taker` with each text."""

    taker: Callable[[str], None] | None = None

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):  # The handshake was one; its task begins after this.
            extensions: Any = self.scope["extensions"]
            extensions[EXTENSION] = self

    def handle_text(self, event: Frame) -> None:
        if self.taker is None or not event.fin or self.close_sent:
            super().handle_text(event)
            return
        try:
            text = bytes(event.data).decode()
        except UnicodeDecodeError:
            super().handle_text(event)  # Which knows how to end this.
        else:
            self.taker(text)

    def give(self, text: str) -> bool:
        """Send it, if it can leave at once; a slow reader must be waited for, the usual way."""
        if not self.writable.is_set() or self.disconnected or self.close_sent:
            return False
        self.conn.send_text(text.encode())
        self.transport.write(b"".join(self.conn.data_to_send()))
        return True


def direct(scope: dict[str, Any]) -> "DirectProtocol | None":
    """The short way, where the server offers it."""
    found = scope.get("extensions", {}).get(EXTENSION)
    return found if isinstance(found, DirectProtocol) else None
