"""No body larger than we read: stopped at the door, before anything of it is kept.

nginx does the same in a cluster. Daphne spools a whole request to disk before it asks us; there
the answer is the same, only later.
"""

from typing import Any


class SmallBodiesOnly:
    """ASGI middleware: a request that says or turns out to be too large is answered with 413."""

    def __init__(self, application: Any, limit: int) -> None:
        self._application, self._limit = application, limit

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or _said(scope) <= self._limit:
            await self._application(scope, self._counted(receive), send)
            return
        await send({"type": "http.response.start", "status": 413, "headers": PLAIN})
        await send({"type": "http.response.body", "body": b"Too large."})

    def _counted(self, receive: Any) -> Any:
        taken = 0

        async def counted() -> Any:
            nonlocal taken
            event = await receive()
            taken += len(event.get("body", b""))
            return event if taken <= self._limit else {"type": "http.disconnect"}

        return counted


PLAIN = [(b"content-type", b"text/plain"), (b"connection", b"close")]


def _said(scope: Any) -> int:
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(length) if length.isdigit() else 0
