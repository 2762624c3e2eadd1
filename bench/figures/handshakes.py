"""How many people of the staff are let in, a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import houses, visits
from bench.contenders import Play, turn
from bench.crowd import Crowd
from bench.houses import House
from bench.premises import Premises
from bench.rounds import Figure, interleaved, say


def handshakes(premises: Premises) -> bool:
    """Signed in, under uvicorn, against stock AuthMiddlewareStack on the same database."""
    plan = premises.plan
    ours = premises.small_talks("uvicorn")
    keep_staff(ours.house.cast)
    figure = Figure(
        name="handshakes_vs_stack",
        unit="handshakes/s",
        peer="AuthMiddlewareStack",
        must=1.5,
        more={"limits": houses.LIMITS},
    )
    rounds = interleaved(
        turn(ours, let_in(plan.seconds)), turn(Stack(ours.house), let_in(plan.seconds)), plan.rounds
    )
    return say(figure.line(list(rounds), plan))


def let_in(seconds: float) -> Play:
    """How many a second."""
    return lambda crowd: crowd.handshakes(seconds).handshakes_per_s


def keep_staff(cast: Path) -> None:
    """Only the staff's door is compared; citizens have no session."""
    lines = cast.read_text().splitlines(keepends=True)
    cast.write_text("".join(line for line in lines if line.startswith("/ws/staff/")))


@dataclass(frozen=True, slots=True)
class Stack:
    """bench/peers/stack.py: lets people in and keeps nothing."""

    house: House

    @contextmanager
    def open(self) -> Iterator[Crowd]:
        with visits.stack(self.house) as port:
            yield Crowd("house", port, self.house.cast)

    def differs(self, crowd: Crowd) -> str:
        return ""
