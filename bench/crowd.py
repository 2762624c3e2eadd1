"""The crowd: bench/loadgen.c, compiled where it is needed, and what it says afterwards."""

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from bench import cores
from ops.web import stop

SOURCE: Final = Path(__file__).with_name("loadgen.c")
INSTALL: Final = "apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the crowd saw: counts of the whole run, rates and latencies of the measured part."""

    sockets: int
    ready: int
    dead: int
    refused: int
    fault: str
    sent: int
    acknowledged: int
    delivered: int
    rate: float
    acknowledged_rate: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    acknowledged_p50_ms: float
    acknowledged_p99_ms: float
    handshakes_per_s: float
    processor: float

    @classmethod
    def from_line(cls, line: str) -> Self:
        said: dict[str, Any] = json.loads(line)
        return cls(**{each.name: said[each.name] for each in fields(cls)})

    @property
    def void(self) -> str:
        """Why this run proves nothing; empty if it does."""
        if self.dead or self.refused:
            return f"{self.dead} sockets died, {self.refused} frames refused: {self.fault}"
        if self.sent != self.acknowledged or self.sent != self.delivered:
            return f"sent {self.sent}, stored {self.acknowledged}, delivered {self.delivered}"
        return self.fault


def hear(*words: str) -> Heard:
    """Run the crowd to its end."""
    with cores.pinned(cores.driver()):
        done = subprocess.run(
            [str(program()), *words], stdout=subprocess.PIPE, text=True, check=True
        )
    return Heard.from_line(done.stdout)


@contextmanager
def holding(*words: str) -> Iterator[Heard]:
    """An idle crowd that stays as long as this holds."""
    with cores.pinned(cores.driver()):
        process = subprocess.Popen(
            [str(program()), "-m", "idle", *words], stdout=subprocess.PIPE, start_new_session=True
        )
    try:
        assert process.stdout is not None
        yield Heard.from_line(process.stdout.readline().decode())
    finally:
        stop(process)


@cache
def program() -> Path:
    """The compiled crowd; compiled again when its text has changed."""
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]
    compiled = Path(tempfile.gettempdir()) / f"rayzan-loadgen-{digest}"
    if not compiled.exists():
        made = compiled.with_suffix(".new")
        subprocess.run([compiler(), "-O2", "-o", str(made), str(SOURCE)], check=True)
        made.rename(compiled)
    return compiled


def compiler() -> str:
    """A C compiler; installed where that is possible, else the line to type."""
    if shutil.which("gcc") is None:
        subprocess.run(["sh", "-c", INSTALL], stdout=subprocess.DEVNULL, check=False)
    if found := shutil.which("gcc"):
        return found
    raise SystemExit(INSTALL)
