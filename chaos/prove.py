"""`make chaos-mutants`: every deliberate fault, with its seed, must be caught as what it is."""

import os
import re
import subprocess
import sys
from typing import Final

SECONDS: Final = os.environ.get("DURATION") or "50"
CAUGHT: Final = {  # Each, its seed, and the figures of which one at least must rise.
    "acknowledge_before_commit": (30, {"lost", "gaps"}),
    "no_dedupe": (12, {"duplicated"}),
    "no_order_check": (13, {"reordered"}),
    "no_pairing_lock": (14, {"over_capacity"}),
    "no_pairing_on_close": (15, {"stranded"}),
    "old_read_rule": (16, {"foreign_reads"}),
}
SUMMARY: Final = re.compile(r"^acked=.*$", re.M)


def main(wanted: list[str]) -> int:
    """Run them one by one; how many got away."""
    got_away = 0
    for name in wanted or list(CAUGHT):
        seed, kinds = CAUGHT[name]
        line = run(name, seed)
        figures = dict(each.split("=") for each in line.split())
        found = [kind for kind in kinds if int(figures.get(kind, "0"))]
        got_away += not found
        print(f"{name}: {'caught as ' + ', '.join(found) if found else 'GOT AWAY'}: {line}")
    return got_away


def run(name: str, seed: int) -> str:
    """The summary of a run with this fault."""
    told = {**os.environ, "MUTANT": name, "SEED": str(seed), "DURATION": SECONDS}
    done = subprocess.run(
        [sys.executable, "-m", "chaos"], env=told, capture_output=True, text=True, check=False
    )
    found = SUMMARY.search(done.stdout)
    return found.group(0) if found else done.stderr[-500:].replace("=", ":")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
