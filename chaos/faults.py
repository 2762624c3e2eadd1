"""What goes wrong, when, and in what order: decided by the seed alone.

`schedule` is pure; `Saboteur` does it. One great fault at a time, with a rest behind it in which
recovery is measured; the small ones (cuts, slow readers, rubbish …) go on beside it all the time.
"""

import asyncio
import random
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from chaos.counsellors import Counsellor
from chaos.house import House, halt, resume
from chaos.proxy import Link, Proxy

GREAT: Final = ("kill", "redis restart", "crash", "redis stall", "rolling restart", "stall")
GREAT_ALONE: Final = ("kill",)  # One process on SQLite.
SMALL: Final = ("cut", "cut", "freeze", "slow", "unruly", "unruly", "vanish")
REST: Final = (2.5, 4.5)
OPENING: Final = 4.0  # Seconds of peace before the first fault.
GONE: Final = (8.0, 11.0)  # Longer than lease and grace together, at 1/20.


@dataclass(frozen=True, slots=True)
class Fault:
    """A great fault: when it began, and when whatever broke was mended."""

    kind: str
    began: float
    ended: float


def schedule(seed: int, kinds: Sequence[str], rounds: int) -> list[str]:
    """Every kind once before any kind comes again, each time in another order."""
    chance = random.Random(f"faults {seed}")
    return [kind for _round in range(rounds) for kind in chance.sample(kinds, len(kinds))]


@dataclass
class Saboteur:
    """Does what the schedule says until it is told to stop."""

    built: House
    proxy: Proxy
    counsellors: list[Counsellor]
    seed: int
    faults: list[Fault] = field(default_factory=list)
    outages: list[tuple[str, float, float]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    farewells: list[float] = field(default_factory=list)

    async def run(self, seconds: float) -> None:
        """Great faults one after another, small ones all the time."""
        chance = random.Random(f"run {self.seed}")
        ends = time.monotonic() + seconds
        small = asyncio.create_task(self._small(random.Random(f"small {self.seed}")))
        try:
            await asyncio.sleep(OPENING)
            kinds = GREAT if self.built.grown else GREAT_ALONE
            for kind in schedule(self.seed, kinds, 1_000):
                if time.monotonic() > ends - 3:
                    break
                await self._great(kind, chance)
                await asyncio.sleep(chance.uniform(*REST))
        finally:
            small.cancel()
            await asyncio.gather(small, return_exceptions=True)

    async def _great(self, kind: str, chance: random.Random) -> None:
        acts: dict[str, Callable[[random.Random], Awaitable[float]]] = {
            "kill": self._kill,
            "rolling restart": self._roll,
            "redis restart": self._restart_wire,
            "redis stall": self._stall_wire,
            "crash": self._crash,
            "stall": self._stall,
        }
        began = time.time()
        ended = await acts[kind](chance)
        self.counts[kind] += 1
        self.faults.append(Fault(kind, began, ended))

    # --- Great ones; each returns when it was over for those who use the house ---

    async def _kill(self, chance: random.Random) -> float:
        web = chance.choice(self.built.webs)
        await asyncio.to_thread(web.kill)
        killed = time.time()
        await asyncio.sleep(chance.uniform(0.2, 1.5))
        web.start()
        await web.ready()
        alone = len(self.built.webs) == 1  # Nobody else was there to go to.
        return time.time() if alone else killed

    async def _roll(self, _chance: random.Random) -> float:
        for web in self.built.webs:
            self.farewells.append(await web.leave())
            web.start()
            await web.ready()
        return time.time()

    async def _restart_wire(self, chance: random.Random) -> float:
        wire = self.built.wire
        assert wire is not None
        began = time.time()
        await asyncio.to_thread(wire.stop, signal.SIGKILL)
        await asyncio.sleep(chance.uniform(1, 3))
        wire.start()
        self.outages.append(("redis", began, time.time()))
        return began  # Nobody's messages need it.

    async def _stall_wire(self, chance: random.Random) -> float:
        wire = self.built.wire
        assert wire is not None
        began, halted = time.time(), halt(wire)
        await asyncio.sleep(chance.uniform(2, 4))
        resume(halted)
        self.outages.append(("redis", began, time.time()))
        return began

    async def _crash(self, chance: random.Random) -> float:
        database = self.built.database
        assert database is not None
        began = time.time()
        await asyncio.to_thread(database.stop, signal.SIGQUIT)  # What `-m immediate` sends.
        await asyncio.sleep(chance.uniform(5.2, 7))  # Longer than anybody waits for a connection.
        database.start()
        self.outages.append(("database", began, time.time()))
        return time.time()

    async def _stall(self, chance: random.Random) -> float:
        database = self.built.database
        assert database is not None
        began, halted = time.time(), halt(database)
        await asyncio.sleep(chance.uniform(1.5, 4))
        resume(halted)
        self.outages.append(("database", began, time.time()))
        return time.time()

    # --- Small ones ---

    async def _small(self, chance: random.Random) -> None:
        while True:
            await asyncio.sleep(chance.uniform(0.2, 0.8))
            kind = chance.choice(SMALL)
            if kind == "vanish":
                self._vanish(chance)
            elif links := sorted(self.proxy.sockets, key=id):
                self._disturb(kind, chance.choice(links))

    def _disturb(self, kind: str, link: Link) -> None:
        self.counts[kind] += 1
        match kind:
            case "cut":
                link.cut()
            case "freeze":
                link.freeze()
            case "slow":
                link.slow_down()
            case "unruly":
                link.unruly = True

    def _vanish(self, chance: random.Random) -> None:
        """A counsellor is gone, without a word, for longer than anybody waits."""
        present = [each for each in self.counsellors if not each.away]
        if len(present) < 0.8 * len(self.counsellors):
            return
        gone = chance.choice(present)
        gone.away = True
        self.proxy.bar(gone.browser.cookie)
        self.counts["vanish"] += 1
        asyncio.get_running_loop().call_later(chance.uniform(*GONE), self._return, gone)

    def _return(self, gone: Counsellor) -> None:
        self.proxy.barred.discard(gone.browser.cookie)
        gone.away = False

    def make_peace(self) -> None:
        """Everything small is over: the broken connections end, the vanished may come back."""
        for link in self.proxy.sockets:
            if link.broken_since:
                link.cut()
            link.unruly = False
        for each in self.counsellors:
            self._return(each)
