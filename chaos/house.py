"""The house under test: two uvicorn processes, PostgreSQL, Redis; each can be broken and mended.

Everything is private, on free ports, in a scratch folder, and gone at the end. With SQLite there
is one process and no Redis.
"""

import asyncio
import os
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ops.web import HUSH, ROOT, answers, command, free_port, stop
from tests import servers
from tests.servers import Daemon

PROCESSES: Final = 2
READY: Final = 40.0
COMPLAINT: Final = re.compile(
    r"(?:WARNING|ERROR|CRITICAL) .*|^[\w.]+(?:Error|Exception|Timeout)\b.*", re.M
)
PLACE: Final = re.compile(r"\bat 0x[0-9a-f]+")
FACTOR: Final = 0.05
LIMITS: Final = {  # Raised, never switched off; said in the report.
    "RAYZAN_LIMIT_BUCKET_PER_SECOND": "30",
    "RAYZAN_LIMIT_BUCKET_BURST": "120",
    "RAYZAN_POOL": "60",
    "RAYZAN_LIMIT_ASKS_PER_ADDRESS_AN_HOUR": "1000000",
}


@dataclass
class Web:
    """One process of the house on its port, started as often as it is ended."""

    port: int
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        line = [*command("uvicorn", self.port)[:-1], "chaos.served:application"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                line,
                cwd=ROOT,
                env={**os.environ, **self.environment, "RAYZAN_PORT": str(self.port)},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def ready(self) -> None:
        """Wait until it answers."""
        deadline = time.monotonic() + READY
        while not await asyncio.to_thread(answers, self.port):
            if (
                time.monotonic() > deadline
                or self.process is None
                or self.process.poll() is not None
            ):
                raise RuntimeError(f"A process did not come up; its log is {self.log}.")
            await asyncio.sleep(0.1)

    def kill(self) -> None:
        """No farewell."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    async def leave(self) -> float:
        """SIGTERM; how many seconds it took to end."""
        assert self.process is not None
        began = time.monotonic()
        await asyncio.to_thread(stop, self.process)
        return time.monotonic() - began


@dataclass
class House:
    """What is running, and what stands behind it."""

    folder: Path
    database_url: str
    webs: list[Web] = field(default_factory=list)
    database: Daemon | None = None
    wire: Daemon | None = None

    @property
    def grown(self) -> bool:
        """PostgreSQL and several processes."""
        return self.database is not None

    def complaints(self) -> list[str]:
        """What the processes wrote down: each kind of line once, with how often."""
        found: Counter[str] = Counter()
        for log in sorted(self.folder.glob("web-*.log")):
            text = log.read_text(encoding="utf-8", errors="replace")
            lines = (PLACE.sub("at …", line) for line in COMPLAINT.findall(text))
            found.update(f"{log.name}: {line[:160]}" for line in lines)
        return [f"{count} × {line}" for line, count in found.most_common(30)]


@contextmanager
def house(backend: str) -> Iterator[House]:
    """The servers behind, and the processes ready to be started (see `open_doors`)."""
    with servers.scratch() as folder, ExitStack() as stack:
        if backend == "sqlite":
            built = House(folder, f"sqlite://{folder}/rayzan.sqlite3")
            folder.chmod(0o700)
        else:
            database = stack.enter_context(servers.postgresql_daemon(folder))
            wire = stack.enter_context(servers.redis_daemon(folder))
            built = House(folder, database.address, database=database, wire=wire)
        try:
            yield built
        finally:
            for web in built.webs:
                if web.process is not None:
                    with suppress(ProcessLookupError):
                        web.kill()


def environment(built: House, origin: str, mutant: str) -> dict[str, str]:
    """What a process of the house is told."""
    return {
        "DJANGO_SETTINGS_MODULE": "settings",
        "PYTHONWARNINGS": HUSH,
        "RAYZAN_MODE": "test",
        "RAYZAN_LOG_LEVEL": "WARNING",
        "RAYZAN_DATA": str(built.folder / "var"),
        "RAYZAN_ORIGINS": origin,
        "RAYZAN_TIME_FACTOR": str(FACTOR),
        "DATABASE_URL": built.database_url,
        "REDIS_URL": built.wire.address if built.wire else "",
        "CHAOS_MUTANT": mutant,
        **LIMITS,
    }


async def open_doors(built: House, told: dict[str, str]) -> list[int]:
    """Start the processes; their ports."""
    for number in range(PROCESSES if built.grown else 1):
        log = built.folder / f"web-{number}.log"
        built.webs.append(Web(free_port(), told, log))
        built.webs[-1].start()
    for web in built.webs:
        await web.ready()
    return [web.port for web in built.webs]


def family(pid: int) -> list[int]:
    """The process and everything that it started."""
    found = [pid]
    with suppress(OSError):
        for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += family(int(text))
    return found


def halt(daemon: Daemon) -> list[int]:
    """SIGSTOP to a server and its children; give the answer to `resume`."""
    assert daemon.process is not None
    halted = family(daemon.process.pid)
    for pid in halted:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    return halted


def resume(halted: list[int]) -> None:
    for pid in reversed(halted):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)
