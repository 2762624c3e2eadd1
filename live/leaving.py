"""Whether this process is about to go. While it leaves, nobody new is let in."""

import asyncio
from collections.abc import Awaitable, Callable

from django.conf import settings

from live.hub import hub
from live.protocol import ReconnectAsked

PACE = 0.05


class Leaving:
    """One farewell per process: nobody new comes in, and everybody is asked to go elsewhere."""

    def __init__(self) -> None:
        self.begun = False

    async def begin(self, finish: Callable[[], Awaitable[None]]) -> None:
        """Ask everybody to connect again, wait for them to go, and `finish` what was taken on."""
        self.begun = True
        patience = settings.LEAVING["jitter_ms"] / 1000
        asked = ReconnectAsked(after_ms=0, jitter_ms=settings.LEAVING["jitter_ms"])
        for socket in hub:
            socket.hear(asked, asked.to_wire())
        await _until(lambda: not len(hub), patience + settings.LEAVING["grace"])
        try:
            async with asyncio.timeout(settings.LEAVING["finish"]):
                await finish()
        except TimeoutError:
            pass  # Not acknowledged, so sent again elsewhere.


async def _until(true: Callable[[], bool], seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110
                await asyncio.sleep(PACE)
    except TimeoutError:
        pass


leaving = Leaving()
