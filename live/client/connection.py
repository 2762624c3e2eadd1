"""One socket's life: opened with cookie and Origin, frames in and out, until it ends.

It knows nothing of conversations. A frame of a type that this client does not know is passed over.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import urljoin

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.typing import Origin

from live.frame import Command, Event
from live.protocol import revive

FORBIDDEN: Final = 403
NOT_YOU: Final = (FORBIDDEN, 4403, 4429)
FLOODING: Final = (1008, 4008)
LOST: Final = 1006
LARGEST: Final = 2**20


class LostError(Exception):
    """The socket is gone or never was; `code` is the close code, or the status of HTTP."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class Connection:
    """An open socket. `send` never blocks: what is queued leaves in order."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._outgoing: deque[Command] = deque()
        self._wake = asyncio.Event()
        self._sending = asyncio.create_task(self._send())
        self.heard_at = asyncio.get_running_loop().time()

    @classmethod
    @asynccontextmanager
    async def open(
        cls, address: str, path: str, cookie: str, origin: str, *, patience: float
    ) -> AsyncIterator["Connection"]:
        """A socket of the house at `address` (http…); `LostError` if it does not open in time."""
        url = urljoin(address, path).replace("http", "ws", 1)
        try:
            socket = await connect(
                url,
                origin=Origin(origin.rstrip("/")),
                additional_headers={"Cookie": cookie},
                open_timeout=patience,
                close_timeout=1,
                ping_interval=None,  # The protocol has heartbeats of its own.
                compression=None,
                max_size=LARGEST,
            )
        except InvalidStatus as refused:
            raise LostError(refused.response.status_code) from None
        except (OSError, InvalidHandshake, TimeoutError, EOFError):
            raise LostError(LOST) from None
        connection = cls(socket)
        try:
            yield connection
        finally:
            connection._sending.cancel()
            await socket.close()

    @property
    def port(self) -> int:
        """Of this end: by it a proxy between knows which connection this is."""
        port: int = self._socket.local_address[1]
        return port

    def send(self, command: Command) -> None:
        """Queue a frame."""
        self._outgoing.append(command)
        self._wake.set()

    def drop(self) -> None:
        """End it without waiting for the other side: it has been silent for too long."""
        self._socket.transport.abort()

    async def events(self) -> AsyncIterator[Event]:
        """Everything heard; ends with `LostError`."""
        while True:
            try:
                text = await self._socket.recv()
            except ConnectionClosed as closed:
                raise LostError(closed.rcvd.code if closed.rcvd else LOST) from None
            self.heard_at = asyncio.get_running_loop().time()
            event = understood(text)
            if event is not None:
                yield event

    async def _send(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._outgoing:
                text = msgspec.json.encode(self._outgoing.popleft()).decode()
                try:
                    await self._socket.send(text)
                except ConnectionClosed:
                    return  # `events` says so.


def understood(text: str | bytes) -> Event | None:
    """The event in a frame; None for one of a newer server that this client does not know."""
    try:
        return revive(text if isinstance(text, str) else text.decode())
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
