"""What stands between the people and the processes, and misbehaves when told to.

Plain TCP: it picks a process for every connection, and can cut, freeze (half-open) or slow down a
connection, or repeat and reorder what a client sends. Bytes pass unchanged otherwise.
"""

import asyncio
import random
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final, NamedTuple

from chaos.frames import Frames, is_text

CHUNK: Final = 16_384
WINDOW: Final = 65_536
TRICKLE: Final = 512  # Bytes at a time on a slow connection, ten times a second.
BLANK: Final = b"\r\n\r\n"
UNRULY: Final = 0.2  # How often an unruly connection repeats a frame, and how often it swaps two.
PAUSE: Final = 0.05  # Seconds after which a frame that was to be overtaken leaves anyway.

ENDINGS: Final = (
    OSError,
    asyncio.IncompleteReadError,
    asyncio.LimitOverrunError,
    asyncio.CancelledError,
)

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Broken(NamedTuple):
    """A line that was half-open, or else slow, until somebody gave it up."""

    head: str
    frozen: bool
    began: float
    ended: float


class Link:
    """One connection through the proxy."""

    def __init__(self, client: Streams, server: Streams, head: str) -> None:
        self.head = head
        self.unruly = False
        self.slow_since: float | None = None
        self.frozen_since: float | None = None
        self.given_up_at: float | None = None  # By the client.
        self._over = asyncio.Event()
        self.repeated = self.swapped = 0
        self._client, self._server = client, server

    @property
    def is_socket(self) -> bool:
        return self.head.startswith("GET /ws/")

    async def pump(self) -> None:
        """Carry bytes both ways until either side ends."""
        self._server[1].write(self.head.encode("latin-1"))
        ways = [
            asyncio.create_task(self._carry(self._client[0], self._server[1], self._mangled())),
            asyncio.create_task(self._carry(self._server[0], self._client[1], None)),
        ]
        _done, going = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in going:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        self.cut()

    def cut(self) -> None:
        """End it on both sides, without a word."""
        self._over.set()
        for _reader, writer in (self._client, self._server):
            writer.transport.abort()

    @property
    def broken_since(self) -> float | None:
        """Since when it is half-open or slow."""
        return self.frozen_since or self.slow_since

    def freeze(self) -> None:
        """Half-open: both sides think that it lives; nothing arrives."""
        self.frozen_since = self.frozen_since or time.time()

    def slow_down(self) -> None:
        """A bad network: it carries little."""
        self.slow_since = self.slow_since or time.time()

    async def _carry(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        mangled: Callable[[bytes], Iterator[bytes]] | None,
    ) -> None:
        while chunk := await self._heard_from(source, sink, mangled):
            for piece in mangled(chunk) if mangled else (chunk,):
                sink.write(piece)
            await sink.drain()
            if self.slow_since:
                await asyncio.sleep(0.1)

    async def _heard_from(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        mangled: Callable[[bytes], Iterator[bytes]] | None,
    ) -> bytes:
        """The next bytes; of a half-open line none arrive, and not even its end."""
        chunk = await self._read(source, sink, mangled)
        while chunk and self.frozen_since:
            chunk = await self._read(source, sink, mangled)
        if self.frozen_since:
            if source is self._client[0]:
                self.given_up_at = time.time()
            await self._over.wait()
        return chunk

    async def _read(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        mangled: Callable[[bytes], Iterator[bytes]] | None,
    ) -> bytes:
        reading = asyncio.ensure_future(source.read(TRICKLE if self.slow_since else CHUNK))
        if mangled and self.unruly:  # A frame may be held back; it must not stay for ever.
            await asyncio.wait({reading}, timeout=PAUSE)
            for piece in mangled(b""):
                sink.write(piece)
        return await reading

    def _mangled(self) -> Callable[[bytes], Iterator[bytes]] | None:
        """What a client sends, frame by frame; some twice and some after the next one."""
        if not self.is_socket:
            return None
        frames, held = Frames(), list[bytes]()

        def mangle(chunk: bytes) -> Iterator[bytes]:
            if not chunk:
                yield from held
                held.clear()
            for frame in frames.take(chunk):
                if self.unruly and is_text(frame) and not held and random.random() < UNRULY:
                    held.append(frame)
                    self.swapped += 1
                    continue
                yield frame
                yield from held
                held.clear()
                if self.unruly and is_text(frame) and random.random() < UNRULY:
                    self.repeated += 1
                    yield frame

        return mangle


class Proxy:
    """Listens on a port and hands every connection to one of `backends` that answers."""

    def __init__(self, backends: list[int]) -> None:
        self.backends = backends
        self.links: set[Link] = set()
        self.barred: set[str] = set()  # Cookies of those whose device has no network now.
        self.behind: dict[int, int] = {}  # Which process served a client's port.
        self.repeated = self.swapped = 0
        self.broken: list[Broken] = []
        self._turn = 0
        self._leaving: set[int] = set()  # They say that they are not ready.
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> "Proxy":
        self._server = await asyncio.start_server(self._welcome, "127.0.0.1", 0)
        self._tasks.add(asyncio.create_task(self._ask_who_is_ready()))
        return self

    async def __aexit__(self, *_how: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def port(self) -> int:
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sockets(self) -> list[Link]:
        """The WebSockets that are open through here."""
        return [link for link in self.links if link.is_socket]

    def bar(self, cookie: str) -> None:
        """This person's device has lost the network: nothing comes or goes."""
        self.barred.add(cookie)
        for link in list(self.links):
            if cookie in link.head:
                link.cut()

    async def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with suppress(*ENDINGS):
                await self._serve((reader, writer))
        finally:
            self._tasks.discard(task)
            writer.transport.abort()

    async def _serve(self, client: Streams) -> None:
        head = await client[0].readuntil(BLANK)
        if any(cookie.encode() in head for cookie in self.barred):
            return
        found = await self._somebody()
        if found is None:
            return
        backend, server = found
        link = Link(client, server, head.decode("latin-1"))
        self.links.add(link)
        self.behind[client[1].get_extra_info("peername")[1]] = backend
        try:
            await link.pump()
        finally:
            self.links.discard(link)
            self.repeated += link.repeated
            self.swapped += link.swapped
            if link.broken_since:
                frozen = link.frozen_since is not None
                ended = link.given_up_at or time.time()
                self.broken.append(Broken(link.head, frozen, link.broken_since, ended))
            link.cut()

    async def _ask_who_is_ready(self) -> None:
        """As any balancer does, several times a second."""
        while True:
            answers = [(each, await _is_leaving(each)) for each in self.backends]
            self._leaving = {port for port, leaving in answers if leaving}
            await asyncio.sleep(0.2)

    async def _somebody(self) -> tuple[int, Streams] | None:
        """The next process in turn that is ready; any that takes a connection if none says so."""
        self._turn += 1
        turn = self._turn % max(len(self.backends), 1)
        in_turn = self.backends[turn:] + self.backends[:turn]
        for backend in sorted(in_turn, key=lambda each: each in self._leaving):
            with suppress(OSError):
                async with asyncio.timeout(1):
                    return backend, await _connect(backend)
        return None


async def _is_leaving(port: int) -> bool:
    """Whether the process says so; one that says nothing is found out when it is called."""
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(1):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(b"GET /ready/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                return b" 503 " in await reader.readline()
            finally:
                writer.transport.abort()
    return False


async def _connect(port: int) -> Streams:
    """With a small window, so that a reader who does not read is felt behind us."""
    end = socket.socket()
    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW)
    end.setblocking(False)
    try:
        await asyncio.get_running_loop().sock_connect(end, ("127.0.0.1", port))
    except BaseException:
        end.close()
        raise
    return await asyncio.open_connection(sock=end, limit=WINDOW)
