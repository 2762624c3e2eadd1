"""One run: people move in, things break, everything is mended, and the judge speaks."""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from functools import partial
from typing import Any, Final
from uuid import uuid4

from asgiref.sync import sync_to_async

from chaos.checker import Seen, judge
from chaos.citizens import Citizen
from chaos.counsellors import Counsellor
from chaos.diary import Diary
from chaos.faults import Saboteur
from chaos.furnish import Staff
from chaos.house import House, environment, open_doors
from chaos.people import Weather
from chaos.proxy import Proxy
from chaos.recovery import percentile
from chaos.report import Account, failures, paths, recoveries, summary
from chaos.rude import RUBBISH, Rude
from chaos.staff import employ
from chaos.truth import truth
from chaos.watch import Watch
from chaos.web import Browser, consultation_in

PEOPLE: Final = int(os.environ.get("PEOPLE") or 200)
COUNSELLORS: Final = PEOPLE // 8
SHY: Final = 8  # Every eighth citizen.
ARRIVING: Final = 6.0  # Seconds in which the citizens come in.
SETTLING: Final = 45.0
LISTENING: Final = 7.0
HURRIED: Final = os.environ.get("RECOVERY") != "told"
PATIENCE: Final = 6.0  # Whatever was said before that must have come: a poll comes every 5 s.


async def perform(built: House, seed: int, seconds: float, mutant: str) -> int:
    """Live, break, mend, judge; the exit code."""
    print(
        f"seed {seed}, {seconds:.0f} s, {'PostgreSQL, Redis' if built.grown else 'SQLite'}",
        flush=True,
    )
    staff, topics = await sync_to_async(employ)(COUNSELLORS)
    async with AsyncExitStack() as stack:
        proxy = await stack.enter_async_context(Proxy([]))
        proxy.backends[:] = await open_doors(built, environment(built, proxy.address, mutant))
        weather = Weather(proxy.address, seed, topics)
        counsellors = hire(weather, staff)
        citizens = [
            Citizen(weather, f"citizen-{n}", shy=n % SHY == 0) for n in range(PEOPLE - COUNSELLORS)
        ]
        watch = Watch()
        saboteur = Saboteur(built, proxy, counsellors, seed)
        living = [asyncio.create_task(each.live()) for each in counsellors]
        await asyncio.gather(*(each.on_duty.wait() for each in counsellors))
        watch.start()
        for each in citizens:
            living.append(asyncio.create_task(each.live()))
            await asyncio.sleep(ARRIVING / len(citizens))
        rude = await disturb(weather, seed)
        began = time.monotonic()
        await saboteur.run(seconds)
        saboteur.make_peace()
        for task in rude.tasks:
            task.cancel()
        weather.talking = False
        lasted = time.monotonic() - began
        await settle([*counsellors, *citizens])
        watch.stop()
        until = time.time() - PATIENCE
        weather.over.set()
        ended = await asyncio.wait_for(asyncio.gather(*living, return_exceptions=True), 60)
    broken = [each for each in ended if isinstance(each, Exception)]
    diaries = [each.diary for each in (*counsellors, *citizens)]
    for person in (*counsellors, *citizens):
        who = person.browser.cookie
        mine = [line for line in proxy.broken if who and who in line.head]
        person.diary.absences += [(line.began, line.ended) for line in mine]
    found = await sync_to_async(truth)()
    seen = Seen(until=until, longest=watch.longest, doubled=frozenset(watch.doubled))
    counts = watch.counts + saboteur.counts + rude.counts
    counts["form again"] = sum(each.browser.again for each in (*counsellors, *citizens))
    counts["poll"] = polled(diaries, proxy, saboteur)
    account = Account(
        diaries,
        found,
        judge(diaries, found, seen),
        saboteur.faults,
        counts,
        built.grown,
        lasted,
        HURRIED,
    )
    return report(built, account, [repr(each) for each in broken], saboteur.farewells, proxy)


def hire(weather: Weather, staff: list[Staff]) -> list[Counsellor]:
    """People for the accounts."""
    found = []
    for each in staff:
        person = Counsellor(weather, each.name, each.capacity)
        person.diary.staff = each.pk
        found.append(person)
    return found


class Rudeness:
    """The strangers of a run, and what came of them."""

    def __init__(self) -> None:
        self.people: list[Rude] = []
        self.tasks: list[asyncio.Task[None]] = []

    @property
    def counts(self) -> Counter[str]:
        return sum((each.counts for each in self.people), Counter())


async def disturb(weather: Weather, seed: int) -> Rudeness:
    """Two talk rubbish, one floods, two never read."""
    rude = Rudeness()
    for number, kind in enumerate(("rubbish", "rubbish", "flood", "deaf", "deaf")):
        browser = Browser(weather.address)
        await browser.open("/ask/")
        words = {"question": "من", "topic": weather.topics[0], "language": "fa", "consent": "on"}
        talk = consultation_in(await browser.insist("/ask/", client_id=str(uuid4()), **words))
        one = Rude(weather.address, browser.cookie, f"{seed} {number}")
        rude.people.append(one)
        acts: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
            "rubbish": partial(one.talk_rubbish, RUBBISH // 2),
            "flood": one.flood,
            "deaf": partial(one.read_nothing, str(talk)),
        }
        rude.tasks.append(asyncio.create_task(acts[kind]()))
    return rude


async def settle(people: list[Counsellor | Citizen]) -> None:
    """Everything is mended: whoever cannot say what they have written is stuck."""
    deadline = time.monotonic() + SETTLING
    while time.monotonic() < deadline and any(map(_waiting, people)):
        await asyncio.sleep(0.2)
    for person in people:
        if _waiting(person) and person.client is not None:
            up, left = person.client.up, len(person.client.unacknowledged)
            person.diary.stuck = f"up {up}, {left} unanswered after {SETTLING:.0f} s"
    await asyncio.sleep(LISTENING)


def _waiting(person: Counsellor | Citizen) -> bool:
    client = person.client
    return client is not None and (not client.up or bool(client.unacknowledged))


def polled(diaries: list[Diary], proxy: Proxy, saboteur: Saboteur) -> int:
    """Messages that came from the other process while Redis was away: only a poll brings them."""
    places = {}
    for diary in diaries:
        for said in diary.said:
            places[said.client_id] = process_at(diary, said.at, proxy)
    gone = [(a, b) for what, a, b in saboteur.outages if what == "redis"]
    return sum(
        1
        for diary in diaries
        for talk in diary.heard.values()
        for each in talk
        if any(a + 0.5 < each.at < b for a, b in gone)
        and each.client_id in places
        and places[each.client_id] != process_at(diary, each.at, proxy)
    )


def process_at(diary: Diary, at: float, proxy: Proxy) -> int | None:
    """Which process served this person at that moment."""
    ports = [port for when, port in diary.ports if when <= at]
    return proxy.behind.get(ports[-1]) if ports else None


def report(
    built: House, account: Account, broken: list[str], farewells: list[float], proxy: Proxy
) -> int:
    """Print it all; the exit code."""
    said = failures(account) + [f"a person fell over: {each}" for each in broken]
    kinds = Counter(fault.kind for fault in account.faults)
    print("faults: " + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())))
    beside = sorted((what, count) for what, count in account.counts.items() if what not in kinds)
    print("beside: " + ", ".join(f"{what} {count}" for what, count in beside))
    told: Counter[str] = sum((diary.counts for diary in account.diaries), Counter())
    print("told: " + ", ".join(f"{what} {count}" for what, count in sorted(told.items())))
    print("paths: " + " ".join(f"{path}={count}" for path, count in paths(account).items()))
    rate = account.verdict.acked / max(account.seconds, 1)
    slowest = f"; the slowest farewell {max(farewells):.1f} s" if farewells else ""
    print(f"{rate:.0f} acknowledgements a second in the mean{slowest}")
    noticed = percentile([line.ended - line.began for line in proxy.broken if line.frozen], 0.95)
    print(f"half-open lines given up within {noticed:.1f} s (p95)")
    print(f"recovery, in seconds: {recoveries(account)}")
    print(summary(account), flush=True)
    for line in said:
        print(f"  {line}")
        for diary in account.diaries:
            if f"{diary.who} was" in line:
                print("    " + diary.went_through())
    if said:
        print("\n".join(built.complaints()))
    return 1 if said else 0
