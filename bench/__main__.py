"""`python -m bench`: the names; with a name, that figure; with `all`, every one."""

import argparse
import resource
import sys
from collections.abc import Callable
from typing import Final

from bench import cores
from bench.figures import messages
from bench.rounds import Plan

FIGURES: Final[dict[str, Callable[[Plan], bool]]] = {
    "delivered_vs_relay_uvicorn": messages.vs_relay_uvicorn,
    "delivered_vs_relay_daphne": messages.vs_relay_daphne,
}
QUICK: Final = {"rounds": 2, "seconds": 2.0, "pairs": 100, "quick": True}


def main(words: list[str]) -> int:
    """Run what was asked for; 1 when something in it was void."""
    reader = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    reader.add_argument("name", nargs="?", choices=[*FIGURES, "all"], metavar="NAME")
    reader.add_argument("--quick", action="store_true", help="fewer rounds, smaller sets")
    reader.add_argument("--rounds", type=int, help="5 unless said")
    said = reader.parse_args(words)
    if said.name is None:
        print("\n".join(FIGURES))
        return 0
    if not cores.enough():
        print("One core is too few: one for the server, one for those who drive it.")
        return 2
    open_files_for_everybody()
    plan = Plan(rounds=2, seconds=2.0, pairs=100, quick=True) if said.quick else Plan()
    wanted = FIGURES if said.name == "all" else {said.name: FIGURES[said.name]}
    good = [figure(plan) for figure in wanted.values()]
    return 0 if all(good) else 1


def open_files_for_everybody() -> None:
    """Ten thousand sockets need as many files, here and in whatever we start."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
