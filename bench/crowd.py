"""The crowd: bench/loadgen, compiled where it is needed, and what it says afterwards."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, Self
from uuid import uuid4

from bench import cores
from ops.web import stop

SOURCES: Final = sorted(Path(__file__).with_name("loadgen").glob("*.[ch]"))
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
    def from_line(cls, line: str | bytes) -> Self:
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


@dataclass(slots=True)
class Crowd:
    """People who come to one server on `port`, all speaking one tongue; cast in a file."""

    tongue: str
    port: int
    cast: Path
    run: str = field(default_factory=lambda: uuid4().hex[:8])
    heard: list[Heard] = field(default_factory=list)
    acknowledged: Counter[str] = field(default_factory=Counter)
    highest: dict[str, int] = field(default_factory=dict)

    @property
    def void(self) -> str:
        return next((each.void for each in self.heard if each.void), "")

    def pingpong(self, seconds: float, warm: float = 1.0) -> Heard:
        """Each pair keeps one message in the air."""
        return self._play("-m", "pingpong", "-d", str(seconds), "-w", str(warm))

    def at_rate(self, rate: float, seconds: float) -> Heard:
        """So many messages a second, whatever comes back."""
        return self._play("-m", "open", "-r", str(rate), "-d", str(seconds))

    def handshakes(self, seconds: float, at_once: int = 16) -> Heard:
        """Come, be let in, leave, again."""
        return self._play("-m", "handshake", "-d", str(seconds), "-c", str(at_once))

    @contextmanager
    def staying(self, cast: Path) -> Iterator[Heard]:
        """Everybody in `cast` is here and says nothing."""
        words = self._words("-m", "idle", cast=cast)
        with cores.pinned(cores.driver()):
            process = subprocess.Popen(words, stdout=subprocess.PIPE, start_new_session=True)
        try:
            assert process.stdout is not None
            self.heard.append(Heard.from_line(process.stdout.readline()))
            yield self.heard[-1]
        finally:
            with process:
                stop(process)

    def _play(self, *mode: str) -> Heard:
        with tempfile.NamedTemporaryFile("r") as books:
            words = self._words(*mode, "-b", books.name, cast=self.cast)
            with cores.pinned(cores.driver()):
                done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
            self._note(books.read())
        self.heard.append(Heard.from_line(done.stdout))
        return self.heard[-1]

    def _words(self, *mode: str, cast: Path) -> list[str]:
        run = f"{self.run}{len(self.heard)}"  # Every outbox begins anew.
        where = ["-t", self.tongue, "-p", str(self.port), "-f", str(cast)]
        return [str(program()), *where, "-i", run, *mode]

    def _note(self, books: str) -> None:
        """What was acknowledged; who comes again holds it already."""
        for line in books.splitlines():
            talk, count, top = line.split("\t")
            self.acknowledged[talk] += int(count)
            self.highest[talk] = max(self.highest.get(talk, 0), int(top))
        if any(self.highest.values()):
            give_last(self.cast, self.highest)


def give_last(cast: Path, last: dict[str, int]) -> None:
    """Everybody in `cast` holds their conversation up to `last`."""
    lines = [line.split("\t") for line in cast.read_text().splitlines()]
    cast.write_text(
        "".join(
            f"{path}\t{cookie}\t{talk}\t{max(int(held), last.get(talk, 0))}\n"
            for path, cookie, talk, held in lines
        )
    )


@cache
def program() -> Path:
    """The compiled crowd; compiled again when its text has changed."""
    text = b"".join(each.read_bytes() for each in SOURCES)
    digest = hashlib.sha256(text).hexdigest()[:16]
    compiled = Path(tempfile.gettempdir()) / f"rayzan-loadgen-{digest}"
    if not compiled.exists():
        made = compiled.with_suffix(f".{uuid4().hex}")
        parts = [str(each) for each in SOURCES if each.suffix == ".c"]
        subprocess.run([compiler(), "-O2", "-o", str(made), *parts], check=True)
        made.rename(compiled)
    return compiled


def compiler() -> str:
    """A C compiler; installed where that is possible, else the line to type."""
    if shutil.which("gcc") is None and os.geteuid() == 0:
        subprocess.run(["sh", "-c", INSTALL], stdout=subprocess.DEVNULL, check=False)
    if found := shutil.which("gcc"):
        return found
    raise SystemExit(INSTALL)
