"""What time makes happen, and what keeps screens right when the wire fails.

Started with the first scope that a process serves, inside the server: an embedded installation
needs no second program. Every process sweeps; the pairing lock makes that safe.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Collection
from itertools import cycle
from typing import Any

from django.conf import settings
from django.db import transaction

from chat.ledger import tell
from chat.shelf import shelf
from chat.sockets import ConversationSocket
from chat.standing import standing_of
from chat.threads import DatabaseThread
from consult import clock
from consult.operations.access import note_presence
from consult.operations.duty import renew_leases
from consult.operations.elapsing import STEPS, Step, serve_the_waiting
from live.bridge import bridge
from live.consumer import NOT_YOU
from live.hub import hub
from live.limits import forget_idle
from trust.durability import checkpoint

log = logging.getLogger(__name__)

POLL_HEALTHY, POLL_ALONE = 5.0, 0.5
CHECKPOINT = 0.5
RECHECK = 30.0  # Seconds after which a revoked right has closed its sockets.


def do(step: Step) -> None:
    """What is due, each deed in its own transaction. What fails stops no other step."""
    try:
        for deed in step(clock.now()):
            with transaction.atomic():
                tell(deed())
    except Exception as error:  # Whatever it is: the other steps, and the next time.
        log.warning("%s will be tried again: %s", step.__name__, type(error).__name__)


def next_step_in() -> float:
    """Seconds between two steps, so that each comes once in a sweep."""
    return float(settings.TIMERS["sweep"]) / len(STEPS)


def conversations() -> list[ConversationSocket]:
    """The sockets of this process on which conversations are heard."""
    return [socket for socket in hub if isinstance(socket, ConversationSocket)]


class Sweep:
    """The clock of one process."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self._thread = DatabaseThread("sweep")
        self._prompt = DatabaseThread("prompt")  # For what must not wait for the other steps.
        self._polled_at = 0.0
        self._steps = cycle(STEPS)
        self._tasks = [
            self.loop.create_task(self._every(lambda: settings.TIMERS["sweep"], self._greet)),
            self.loop.create_task(self._every(lambda: settings.TIMERS["sweep"], self._serve)),
            self.loop.create_task(self._every(next_step_in, self._take_step)),
            self.loop.create_task(self._every(lambda: CHECKPOINT, self._checkpoint)),
            self.loop.create_task(self._every(lambda: settings.TIMERS["heartbeat"], self._renew)),
            self.loop.create_task(self._every(lambda: POLL_ALONE, self._poll_if_due)),
            self.loop.create_task(self._every(lambda: RECHECK, self._send_away)),
        ]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._thread.stop()
        await self._prompt.stop()

    async def _every(self, seconds: Callable[[], float], act: Callable[[], Any]) -> None:
        while True:
            await asyncio.sleep(seconds())
            try:
                await act()
            except Exception as error:  # A clock that stands still would be worse.
                log.warning("The clock stumbled: %s", type(error).__name__)

    async def _greet(self) -> None:
        await self._note([socket for socket in conversations() if not socket.noted])
        forget_idle(time.monotonic())

    async def _take_step(self) -> None:
        """One after the other: all at once would hold up everybody's messages."""
        await self._thread.run(do, next(self._steps))

    async def _checkpoint(self) -> None:
        await self._thread.run(checkpoint)

    async def _serve(self) -> None:
        """Nobody waits in vain while the other steps have much to do."""
        await self._prompt.run(do, serve_the_waiting)

    async def _renew(self) -> None:
        """One statement for everybody heard from since the last time, or just before."""
        lately = time.monotonic() - 1.3 * settings.TIMERS["heartbeat"]
        present = [socket for socket in conversations() if socket.heard_at > lately]
        await self._note(present)

    async def _note(self, present: Collection[ConversationSocket]) -> None:
        """They are here: leases live, places in line are kept."""
        staff = {socket.counsellor for socket in present if socket.counsellor}
        citizens = {socket.person.pk for socket in present if socket.cases}
        if staff:
            await self._prompt.run(renew_leases, staff)
        if citizens:
            await self._prompt.run(note_presence, citizens)
        for socket in present:
            socket.noted = True

    async def _send_away(self) -> None:
        """Close the sockets of who signed out, lost every role or was revoked."""
        sockets = conversations()
        standing = await self._thread.run(standing_of, sockets)
        for socket in sockets:
            if not standing.admits(socket):
                await socket.close(NOT_YOU)
            elif socket.cases:
                socket.keep_cases(standing.cases_of(socket))

    async def _poll_if_due(self) -> None:
        """Rarely while hints come; at once when they begin or cease to come."""
        trusted = bridge.healthy_since if bridge.needed else None
        rests = trusted is not None and trusted < self._polled_at
        if rests and time.monotonic() - self._polled_at < POLL_HEALTHY:
            return
        self._polled_at = time.monotonic()
        await self._poll()

    async def _poll(self) -> None:
        """One query for all conversations open here; whoever is behind catches up."""
        sockets = [socket for socket in conversations() if socket.cursors]
        wanted = set[int]().union(*(socket.cursors.numbers() for socket in sockets))
        if not wanted:
            return
        ends = await self._prompt.run(shelf().ends, wanted)
        for socket in sockets:
            for consultation in socket.cursors.behind(ends):
                socket.fall_behind(consultation)


_sweeps: list[Sweep] = []


def start_sweep() -> None:
    """Begin, on the running loop; harmless to repeat."""
    loop = asyncio.get_running_loop()
    if not _sweeps or _sweeps[0].loop is not loop:
        _sweeps[:] = [Sweep()]


class WithClock:
    """ASGI middleware: the clock of a process starts with the first scope that it serves."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        start_sweep()
        await self._application(scope, receive, send)


async def stop_sweep() -> None:
    """For the end of a process, or of a test."""
    if _sweeps and _sweeps[0].loop is asyncio.get_running_loop():
        await _sweeps.pop().stop()
