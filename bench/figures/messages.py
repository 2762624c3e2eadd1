"""Stored-and-delivered messages a second: 200 pairs, each with one message in the air."""

from typing import Any

from bench import houses, visits
from bench.contenders import Contender, Play, turn
from bench.premises import Premises
from bench.rounds import Figure, interleaved, say

WARMED = 5.0  # Seconds until node has compiled what is hot.


def vs_relay_uvicorn(premises: Premises) -> bool:
    """The whole path under uvicorn on SQLite, against a relay that stores nothing."""
    ours = premises.small_talks("uvicorn")
    return _vs_relay("delivered_vs_relay_uvicorn", ours, 0.25, premises)


def vs_relay_daphne(premises: Premises) -> bool:
    """The same under daphne."""
    ours = premises.small_talks("daphne")
    return _vs_relay("delivered_vs_relay_daphne", ours, 0.10, premises)


def vs_relay_pg_redis(premises: Premises) -> bool:
    """The same under uvicorn with PostgreSQL and Redis, which stand on the crowd's core."""
    ours = premises.grown_talks("uvicorn")
    return _vs_relay("delivered_vs_relay_pg_redis", ours, 0.22, premises)


def vs_tutorial(premises: Premises) -> bool:
    """Against the tutorial of Channels: both under uvicorn on SQLite."""
    ours = premises.small_talks("uvicorn")
    theirs = visits.Tutorial(premises.folder, premises.plan.pairs)
    figure = _figure("delivered_vs_tutorial", "tutorial", 12)
    return _compare(figure, ours, theirs, premises)


def vs_socketio(premises: Premises) -> bool:
    """Against Socket.IO: both with the same PostgreSQL and Redis."""
    ours = premises.grown_talks("uvicorn")
    theirs = visits.SocketIO(premises.folder, premises.plan.pairs, premises.addresses)
    figure = _figure("delivered_vs_socketio", "socketio", 1.8)
    return _compare(figure, ours, theirs, premises, warm=WARMED)


def _vs_relay(name: str, ours: Contender, must: float, premises: Premises) -> bool:
    theirs = visits.Relay(premises.folder, premises.plan.pairs)
    figure = _figure(name, "relay", must, relay_sha256=visits.relay_sha256())
    return _compare(figure, ours, theirs, premises)


def _figure(name: str, peer: str, must: float, **more: Any) -> Figure:
    limits = {"limits": houses.LIMITS}
    return Figure(name=name, unit="messages/s", peer=peer, must=must, more={**limits, **more})


def _compare(
    figure: Figure, ours: Contender, theirs: Contender, premises: Premises, warm: float = 1.0
) -> bool:
    plan = premises.plan
    rounds = interleaved(
        turn(ours, pingpong(plan.seconds)),
        turn(theirs, pingpong(plan.seconds, warm)),
        plan.rounds,
    )
    return say(figure.line(list(rounds), plan))


def pingpong(seconds: float, warm: float = 1.0) -> Play:
    """Delivered messages a second."""
    return lambda crowd: crowd.pingpong(seconds, warm).rate
