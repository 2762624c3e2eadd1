"""Those who do not keep to the protocol: rubbish, floods, and readers who never read.

They are strangers with a citizen's cookie; whatever they do, the others must not notice.
"""

import asyncio
import json
import random
from collections import Counter
from contextlib import suppress
from typing import Final
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin

RUBBISH: Final = 10_000
LOST: Final = (OSError, ConnectionClosed, InvalidHandshake, TimeoutError, EOFError)
LOST_CODE: Final = 1006
SENT_AWAY: Final = (4408, LOST_CODE)  # The farewell itself may not fit behind what was not read.
POST: Final = {"type": "message.post", "consultation": str(uuid4()), "stream": "s", "n": 1}
WRONG: Final = (
    "",
    "{",
    "[]",
    "null",
    "7",
    '"heartbeat"',
    '{"type":"\\ud800"}',
    "[" * 500,
    '{"type":"message.delete"}',
    '{"type":"hello","cursors":{"x":1}}',
    '{"type":"hello","cursors":[]}',
    json.dumps({**POST, "n": -1, "client_id": "c", "text": "x"}),
    json.dumps({**POST, "client_id": "c" * 99, "text": "x"}),
    json.dumps({**POST, "client_id": "c", "text": None}),
    json.dumps(POST),
)


class Rude:
    """One stranger who comes again and again."""

    def __init__(self, address: str, cookie: str, seed: str) -> None:
        self._address, self._cookie = address, cookie
        self._chance = random.Random(seed)
        self.counts: Counter[str] = Counter()

    async def talk_rubbish(self, frames: int) -> None:
        """So many frames that are none of ours, on as many sockets as it takes."""
        left = frames
        while left > 0:
            with suppress(*LOST):
                async with self._open() as socket:
                    left -= await self._rubbish(socket, left)
            await asyncio.sleep(0.02)

    async def flood(self) -> None:
        """Far more than anybody may send, without listening to the pleas."""
        while True:
            with suppress(*LOST):
                async with self._open() as socket:
                    for _frame in range(2_000):
                        await socket.send('{"type":"heartbeat"}')
                    await self._until_closed(socket)
            await asyncio.sleep(1)

    async def read_nothing(self, consultation: str) -> None:
        """Ask for everything again and again, and read nothing of it for ten seconds."""
        hello = json.dumps({"type": "hello", "cursors": {consultation: 0}})
        while True:
            with suppress(*LOST):
                async with self._open() as socket:
                    await self._write_much(socket, consultation)
                    socket.transport.pause_reading()
                    await self._insist(socket, hello)
                    socket.transport.resume_reading()
                    self.counts["read nothing"] += 1
                    if await self._until_closed(socket) in SENT_AWAY:
                        self.counts["slow reader sent away"] += 1
            await asyncio.sleep(0.5)

    async def _write_much(self, socket: ClientConnection, consultation: str) -> None:
        """Long words, so that a little asking is answered with a lot."""
        for n in range(1, 13):
            told = {"stream": f"long {id(socket)}", "n": n, "client_id": str(uuid4())}
            post = {**POST, **told, "consultation": consultation, "text": "دراز " * 790}
            await socket.send(json.dumps(post))
            await asyncio.sleep(0.02)

    async def _insist(self, socket: ClientConnection, hello: str) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(10):
                while True:
                    await socket.send(hello)
                    await asyncio.sleep(0.06)

    async def _rubbish(self, socket: ClientConnection, left: int) -> int:
        frames = min(left, 25)
        for _frame in range(frames):
            await socket.send(self._chance.choice(WRONG))
            self.counts["malformed"] += 1
        await self._until_closed(socket)
        return frames

    async def _until_closed(self, socket: ClientConnection) -> int:
        """The code of the end; 0 when it does not come within five seconds."""
        code = 0
        try:
            async with asyncio.timeout(5):
                while True:
                    await socket.recv()
                    self.counts["heard"] += 1
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else LOST_CODE
            self.counts[f"closed {code}"] += 1
        except TimeoutError:
            self.counts["not closed"] += 1
        return code

    def _open(self, limit: int = 64) -> connect:
        return connect(
            self._address.replace("http", "ws", 1) + "/ws/citizen/",
            origin=Origin(self._address),
            additional_headers={"Cookie": self._cookie},
            open_timeout=5,
            close_timeout=0.2,
            ping_interval=None,
            compression=None,
            max_queue=limit,
        )
