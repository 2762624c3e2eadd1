"""`python -m bench`: the names; with a name, that figure; with `all`, every one."""

import argparse
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bench import cores
from bench.figures import handshakes, idle, latency, messages, pairing, search
from bench.premises import Premises
from bench.rounds import QUICK, Plan, say

FIGURES: Final[dict[str, Callable[[Premises], bool]]] = {
    "delivered_vs_relay_uvicorn": messages.vs_relay_uvicorn,
    "delivered_vs_relay_daphne": messages.vs_relay_daphne,
    "delivered_vs_relay_pg_redis": messages.vs_relay_pg_redis,
    "delivered_vs_tutorial": messages.vs_tutorial,
    "delivered_vs_socketio": messages.vs_socketio,
    "p99_half_load_ms": latency.p99_half_load,
    "idle_kib": idle.idle,
    "handshakes_vs_stack": handshakes.handshakes,
    "pairing_growth": pairing.growth,
    "pairings_per_s": pairing.per_second,
    "search_cards_p95_ms_sqlite": search.p95_sqlite,
    "search_cards_p95_ms_pg": search.p95_postgresql,
}


def main(words: list[str]) -> int:
    """Run what was asked for; 1 when something in it was void."""
    said = understood(words)
    if said.name is None:
        print("\n".join(FIGURES))
        return 0
    if not cores.enough():
        print("One core is too few: one for the server, one for those who drive it.")
        return 2
    open_files_for_everybody()
    plan = QUICK if said.quick else Plan()
    plan = replace(plan, rounds=said.rounds or plan.rounds)
    wanted = FIGURES if said.name == "all" else {said.name: FIGURES[said.name]}
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.default_int_handler)  # As a Ctrl-C: what runs is ended first.
    try:
        with Premises(plan) as premises:
            good = [attempted(name, figure, premises) for name, figure in wanted.items()]
    except KeyboardInterrupt:
        return 130
    return 0 if all(good) else 1


def attempted(name: str, figure: Callable[[Premises], bool], premises: Premises) -> bool:
    """One that cannot be measured here does not keep the others from it."""
    try:
        return figure(premises)
    except (RuntimeError, OSError, subprocess.SubprocessError, ValueError) as error:
        return say(
            {"name": name, "value": None, "void": [str(error)], "quick": premises.plan.quick}
        )


def understood(words: list[str]) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    reader.add_argument("name", nargs="?", choices=[*FIGURES, "all"], metavar="NAME")
    reader.add_argument("--quick", action="store_true", help="fewer rounds, smaller sets")
    reader.add_argument("--rounds", type=int, help="5 unless said, 2 when quick")
    return reader.parse_args(words)


def open_files_for_everybody() -> None:
    """Ten thousand sockets need as many files, here and in whatever we start."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
