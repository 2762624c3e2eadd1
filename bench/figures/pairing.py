"""Pairing: what the length of the line costs, and how many pairings a second there are."""

import json
import time
from contextlib import ExitStack
from subprocess import Popen
from typing import Any, Final

from bench.houses import LIMITS, House
from bench.premises import Premises
from bench.rounds import Figure, Reading, Round, interleaved, say
from ops.web import stop
from tests import servers

FEW: Final = 100
PROCESSES: Final = 4
BREATH, WARM = 0.2, 1.0  # Seconds from the word to the start, and until it counts.


def growth(premises: Premises) -> bool:
    """Time per pairing with 100,000 waiting and with 100, on either database."""
    embedded = _growth(premises, "sqlite")
    return _growth(premises, "postgresql") and embedded


def _growth(premises: Premises, database: str) -> bool:
    plan = premises.plan
    figure = Figure(
        name="pairing_growth",
        unit="ms",
        peer=f"{FEW} waiting",
        must=2,
        at_most=True,
        more={"database": database, "waiting": plan.waiting, "limits": LIMITS},
    )
    with ExitStack() as stack:
        long = _line(premises, stack, database, plan.waiting)
        short = _line(premises, stack, database, FEW)
        rounds = interleaved(
            lambda: paired(long, plan.waiting), lambda: paired(short, FEW), plan.rounds
        )
        return say(figure.line(list(rounds), plan))


def _line(premises: Premises, stack: ExitStack, database: str, waiting: int) -> House:
    """A house of its own where so many wait for 200 counsellors, all of them busy."""
    house = House.at(premises.place(), **_database(stack, database))
    house.run("line", "form", str(waiting), "1")
    return house


def _database(stack: ExitStack, name: str) -> dict[str, str]:
    if name == "sqlite":
        return {}
    return {
        "RAYZAN_STATEMENT_TIMEOUT": "60s",  # Waking 100,000 at once is not what is measured.
        "DATABASE_URL": stack.enter_context(
            servers.postgresql(stack.enter_context(servers.scratch()))
        ),
    }


def paired(house: House, waiting: int) -> Reading:
    """Milliseconds per pairing when one seat becomes free; the line stays as long as it is."""
    said: dict[str, Any] = json.loads(house.run("line", "pair", str(waiting)))
    return Reading(said["ms"], said["void"])


def per_second(premises: Premises) -> bool:
    """Pairings from the end of one conversation to the next, four processes, PostgreSQL."""
    plan = premises.plan
    with ExitStack() as stack:
        house = House.at(premises.place(), **_database(stack, "postgresql"))
        house.run("line", "form", "100", "2")
        rounds = [Round(rush(house, plan.seconds)) for _each in range(plan.rounds)]
    figure = Figure(
        name="pairings_per_s",
        unit="pairings/s",
        peer="",
        must=200,
        more={"processes": PROCESSES, "limits": LIMITS},
    )
    return say(figure.line(rounds, plan))


def rush(house: House, seconds: float) -> Reading:
    """Four processes end conversations at once; void when somebody ever held too many."""
    house.run("line", "lengthen", str(int((WARM + seconds) * 1000)))
    with ExitStack() as stack:
        words = ["rush", str(WARM + seconds), str(PROCESSES)]
        running = [house.starting("line", *words, str(n)) for n in range(PROCESSES)]
        for process in running:
            stack.enter_context(process)
            stack.callback(stop, process)
        start = together(running)
        failed = sum(process.wait() != 0 for process in running)
    measured = [str(start + WARM), str(seconds)]
    found: dict[str, Any] = json.loads(house.run("line", "audit", *measured))
    void = f"{failed} processes failed" if failed else found["void"]
    return Reading(found["pairings"] / seconds, void)


def together(processes: list[Popen[bytes]]) -> float:
    """When everybody stands at the line, the moment to begin is told to all."""
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    start = time.time() + BREATH
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(f"{start}\n".encode())
        process.stdin.flush()
    return start
