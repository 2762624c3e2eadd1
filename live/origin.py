"""Which pages may open a socket: those of our own origins, compared letter by letter.

Channels' validator parses the header and fails on a malformed one; an exact comparison needs no
parsing, and what is not said at all is refused too.
"""

from collections.abc import Collection
from typing import Any

from channels.security.websocket import WebsocketDenier


class OwnOriginsOnly:
    """ASGI middleware for the sockets."""

    def __init__(self, application: Any, origins: Collection[str]) -> None:
        self._application = application
        self._origins = frozenset(origin.encode() for origin in origins)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        said = [value for name, value in scope["headers"] if name == b"origin"]
        ours = len(said) == 1 and said[0] in self._origins
        chosen = self._application if ours else WebsocketDenier.as_asgi()
        await chosen(scope, receive, send)
