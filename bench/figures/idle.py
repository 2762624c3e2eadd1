"""What a socket costs while nobody says anything."""

import time
from pathlib import Path
from typing import Final

from bench import houses, visits
from bench.crowd import Crowd
from bench.houses import House
from bench.premises import Premises
from bench.rounds import Figure, Reading, interleaved, say

FIRST: Final = 200  # They make the server load what every socket shares.
SETTLED: Final = 3.0


def idle(premises: Premises) -> bool:
    """Resident memory for each of 10,000 idle sockets of people who are let in."""
    plan = premises.plan
    house = House.at(premises.place())
    house.make_people("lobby", str(plan.sockets))
    figure = Figure(
        name="idle_kib",
        unit="KiB",
        peer="relay",
        must=1.2,
        at_most=True,
        more={
            "sockets": plan.sockets,
            "limits": houses.LIMITS,
            "relay_sha256": visits.relay_sha256(),
        },
    )
    rounds = interleaved(
        lambda: ours(house), lambda: theirs(premises.folder, plan.sockets), plan.rounds
    )
    return say(figure.line(list(rounds), plan))


def ours(house: House) -> Reading:
    """Citizens who wait and people of the staff, under uvicorn."""
    with house.serving("uvicorn") as site:
        return growth(Crowd("house", site.port, house.cast), site.process.pid)


def theirs(folder: Path, sockets: int) -> Reading:
    with visits.relay(folder, sockets) as (crowd, process):
        return growth(crowd, process)


def growth(crowd: Crowd, process: int) -> Reading:
    """KiB that each socket adds to what is resident; void unless all are still there."""
    first = crowd.cast.with_suffix(".first")
    lines = crowd.cast.read_text().splitlines(keepends=True)
    first.write_text("".join(lines[:FIRST]))
    with crowd.staying(first):
        time.sleep(SETTLED)
    before = resident(process)
    with crowd.staying(crowd.cast) as heard:
        time.sleep(SETTLED)
        after = resident(process)
    return Reading((after - before) / heard.ready, crowd.void)


def resident(process: int) -> int:
    """KiB of a process that are in memory."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    [line] = [each for each in lines if each.startswith("VmRSS:")]
    return int(line.split()[1])
