"""How long a message takes from one screen to the other, at half of what each can do."""

from bench import houses, visits
from bench.contenders import Play, turn
from bench.crowd import Crowd
from bench.premises import Premises
from bench.rounds import Figure, interleaved, say

LOOK = 2.0  # Seconds at least, to see what the most is.


def p99_half_load(premises: Premises) -> bool:
    """p99 from sending to the peer's screen, each at half of its own maximum, both on SQLite."""
    plan = premises.plan
    figure = Figure(
        name="p99_half_load_ms",
        unit="ms",
        peer="tutorial",
        must=0.125,
        at_most=True,
        more={"limits": houses.LIMITS},
    )
    rounds = interleaved(
        turn(premises.small_talks("uvicorn"), half_load(plan.seconds)),
        turn(visits.Tutorial(premises.folder, plan.pairs), half_load(plan.seconds)),
        plan.rounds,
    )
    return say(figure.line(list(rounds), plan))


def half_load(seconds: float) -> Play:
    """First as fast as it goes, then messages at half of that rate."""

    def play(crowd: Crowd) -> float:
        most = crowd.pingpong(max(LOOK, seconds / 2)).rate
        return crowd.at_rate(max(most, 1) / 2, seconds).p99_ms

    return play
