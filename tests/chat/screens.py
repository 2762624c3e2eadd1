"""Open pages, as a test sees them: sockets that remember what they were told."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings

from consult.models import Citizen, Consultation, Person
from routing import sockets
from tests.people import cookie_of

Frame = dict[str, Any]
PATIENCE = 5.0
QUIET = 0.3  # Long enough for anything that this process tells by itself.


class Screen:
    """One page of one person, with its socket open."""

    def __init__(self, communicator: WebsocketCommunicator) -> None:
        self.wire = communicator
        self.heard: list[Frame] = []
        self.stream = str(uuid4())
        self.n = 0
        self.closed_with: int | None = None

    async def says(self, type_: str, **fields: Any) -> None:
        await self.wire.send_to(text_data=json.dumps({"type": type_, **fields}, default=str))

    async def posts(self, consultation: Consultation, text: str, **fields: Any) -> Frame:
        """Send the next message of this page; the server's answer."""
        self.n += 1
        await self.sends(consultation, text, n=self.n, **fields)
        return await self.hears("message.stored", "message.refused")

    async def sends(self, consultation: Consultation, text: str, **fields: Any) -> None:
        frame = {"stream": self.stream, "n": self.n, "client_id": str(uuid4()), **fields}
        await self.says("message.post", consultation=consultation.pk, text=text, **frame)

    async def greets(self, **cursors: int) -> Frame:
        """Say hello; the welcome. What was missed is heard before it."""
        await self.says("hello", protocol=1, cursors=cursors)
        return await self.hears("welcome")

    async def hears(self, *types: str, seq: int | None = None) -> Frame:
        """The next frame of one of `types` (with `seq`), heard already or to come; taken once."""

        def wanted(frame: Frame) -> bool:
            return frame["type"] in types and seq in (None, frame.get("seq"))

        async with asyncio.timeout(PATIENCE):
            while not any(map(wanted, self.heard)):
                await self._listen()
        found = next(frame for frame in self.heard if wanted(frame))
        self.heard.remove(found)
        return found

    async def hears_nothing_of(self, *types: str, within: float = QUIET) -> bool:
        """Whether no frame of `types` comes."""
        try:
            async with asyncio.timeout(within):
                while True:
                    await self._listen()
        except TimeoutError:
            return not any(frame["type"] in types for frame in self.heard)

    async def is_closed(self) -> int:
        """The code with which the server closes this socket."""
        async with asyncio.timeout(PATIENCE):
            while self.closed_with is None:
                await self._listen()
        return self.closed_with

    async def leaves(self) -> None:
        if not self.wire.future.done():
            await self.wire.disconnect()

    async def _listen(self) -> None:
        output = asyncio.ensure_future(self.wire.output_queue.get())
        try:
            await asyncio.wait({output, self.wire.future}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not output.done():
                output.cancel()
        if output.cancelled() or not output.done():
            self.wire.future.result()  # The application fell over: say why.
            raise AssertionError("the socket has ended")
        event = output.result()
        if event["type"] == "websocket.close":
            self.closed_with = event.get("code", 1000)
        else:
            self.heard.append(json.loads(event["text"]))


async def knock(
    person: Person | None, path: str = "", origin: str | None = settings.ORIGINS[0]
) -> tuple[WebsocketCommunicator, bool, int | str | None]:
    """Try the door: the socket, whether it opened, and the code if it did not."""
    headers = [(b"origin", origin.encode())] if origin is not None else []
    if person is not None:
        name, value = await database_sync_to_async(cookie_of)(person)
        headers.append((b"cookie", f"{name}={value}".encode()))
    path = path or ("/ws/citizen/" if isinstance(person, Citizen) else "/ws/staff/")
    communicator = WebsocketCommunicator(sockets, path, headers=headers)
    opened, code = await communicator.connect(timeout=PATIENCE)
    return communicator, opened, code


Opening = Callable[[Person], Any]


async def later(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Database work from within an asynchronous test."""
    return await database_sync_to_async(function)(*args, **kwargs)


def texts(consultation: Consultation) -> list[str]:
    """What its transcript says."""
    return [message.text for message in consultation.messages.order_by("seq")]
