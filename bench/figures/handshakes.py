"""How many people of the staff are let in, a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import houses, visits
from bench.contenders import turn
from bench.crowd import Crowd
from bench.houses import House, Talks
from bench.premises import Premises
from bench.rounds import Figure, interleaved, say


def handshakes(premises: Premises) -> bool:
    """Signed in, under uvicorn, against stock AuthMiddlewareStack on the same database."""
    plan = premises.plan
    house = premises.small_house()
    keep_staff(house.cast)
    figure = Figure(
        name="handshakes_vs_stack",
        unit="handshakes/s",
        peer="AuthMiddlewareStack",
        must=1.5,
        more={"limits": houses.LIMITS},
    )
    rounds = interleaved(
        turn(
            Talks(house, "uvicorn"), lambda crowd: crowd.handshakes(plan.seconds).handshakes_per_s
        ),
        turn(Stack(house), lambda crowd: crowd.handshakes(plan.seconds).handshakes_per_s),
        plan.rounds,
    )
    return say(figure.line(list(rounds), plan))


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
