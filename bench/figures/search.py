"""How long it takes to find a service card among ten thousand."""

import json
from contextlib import ExitStack
from typing import Any

from bench.houses import House
from bench.premises import Premises
from bench.rounds import Figure, Reading, Round, say
from tests import servers

TIMES = "3"  # Each question, of which the best counts.
MOST = 30  # Milliseconds, 95 of 100 questions.


def p95_sqlite(premises: Premises) -> bool:
    """In the process, on a SQLite file."""
    return _p95(premises, "search_cards_p95_ms_sqlite", House.at(premises.place()))


def p95_postgresql(premises: Premises) -> bool:
    """In the process, on PostgreSQL over a socket."""
    with ExitStack() as stack:
        folder = stack.enter_context(servers.scratch())
        address = stack.enter_context(servers.postgresql(folder))
        house = House.at(premises.place(), DATABASE_URL=address)
        return _p95(premises, "search_cards_p95_ms_pg", house)


def _p95(premises: Premises, name: str, house: House) -> bool:
    plan = premises.plan
    house.run("cards", "make", str(plan.cards))
    said: list[dict[str, Any]] = [
        json.loads(house.run("cards", "ask", TIMES)) for _each in range(plan.rounds)
    ]
    figure = Figure(
        name=name,
        unit="ms",
        peer="",
        must=MOST,
        at_most=True,
        more={
            "cards": plan.cards,
            "questions": said[0]["questions"],
            "median_ms": round(said[0]["median_ms"], 1),
        },
    )
    rounds = [Round(Reading(each["p95_ms"], each["void"])) for each in said]
    return say(figure.line(rounds, plan))
