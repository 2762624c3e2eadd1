"""Stored-and-delivered messages a second: 200 pairs, each with one message in the air."""

from pathlib import Path

from bench import crowd, houses, peers
from bench.rounds import Figure, Plan, Reading, interleaved, say
from tests.servers import scratch


def vs_relay_uvicorn(plan: Plan) -> bool:
    """The whole path under uvicorn on SQLite, against a relay that stores nothing."""
    return _vs_relay("delivered_vs_relay_uvicorn", "uvicorn", 0.25, plan)


def vs_relay_daphne(plan: Plan) -> bool:
    """The same under daphne."""
    return _vs_relay("delivered_vs_relay_daphne", "daphne", 0.10, plan)


def _vs_relay(name: str, server: str, must: float, plan: Plan) -> bool:
    with scratch() as folder:
        house = houses.house(folder)
        house.people("talks", str(plan.pairs))
        more = {"limits": houses.LIMITS, "relay_sha256": peers.relay_sha256()}
        figure = Figure(name=name, unit="messages/s", peer="relay", must=must, more=more)
        rounds = interleaved(
            lambda: houses.reading(house, server, plan.seconds),
            lambda: relayed(folder, plan),
            plan.rounds,
        )
        return say(figure.line(list(rounds), plan))


def relayed(folder: Path, plan: Plan) -> Reading:
    """The same crowd at the relay."""
    cast = folder / "relay-cast"
    pairs = range(plan.pairs)
    cast.write_text("".join(f"/ws/{n}/{role}\t\t\t0\n" for n in pairs for role in (0, 1)))
    with peers.relay() as (port, _process):
        heard = crowd.hear(
            *("-t", "relay", "-p", str(port), "-f", str(cast)),
            *("-m", "pingpong", "-d", str(plan.seconds)),
        )
    return Reading(heard.rate, heard.void)
