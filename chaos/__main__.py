"""`make chaos SEED=… DURATION=…`: a run of so many seconds, judged.

BACKEND=sqlite is one process without Redis; MUTANT=… breaks the house on purpose (`chaos.mutants`);
RECOVERY=told says how long recoveries took without judging them, for machines that are shared.
"""

import asyncio
import os
import signal
import sys
import time
from importlib import import_module

from chaos.furnish import settle_in
from chaos.house import house


def main() -> int:
    """0 when everything held."""
    seed = int(os.environ.get("SEED") or time.time())
    seconds = float(os.environ.get("DURATION") or 60)
    backend = os.environ.get("BACKEND") or "grown"
    mutant = os.environ.get("MUTANT", "")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # Nothing is left running behind.
    with house(backend) as built:
        settle_in(built)
        run = import_module("chaos.run")  # Only now does Django know its database.
        code: int = asyncio.run(run.perform(built, seed, seconds, mutant))
        return code


if __name__ == "__main__":
    sys.exit(main())
