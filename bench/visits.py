"""Their side: each peer, open for one visit of the crowd at a time."""

import hashlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socket import create_connection
from typing import Final

import psycopg

from bench import cores
from bench.crowd import Crowd
from bench.houses import House
from ops.web import ROOT, UVICORN, free_port, stop

PEERS: Final = Path(__file__).with_name("peers")
RELAY: Final = PEERS / "relay.py"
SOCKETIO: Final = PEERS / "socketio"
PATIENCE: Final = 30.0


def relay_sha256() -> str:
    return hashlib.sha256(RELAY.read_bytes()).hexdigest()


@contextmanager
def running(command: list[str], port: int, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """`command` on the server's core, answering on `port`; stopped afterwards."""
    with cores.pinned(cores.server()):
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **more}, start_new_session=True
        )
    try:
        _wait_for(process, port)
        yield process
    finally:
        stop(process)


def uvicorn(application: str, port: int) -> list[str]:
    """With the very options that the house runs with."""
    where = ["--host", "127.0.0.1", "--port", str(port)]
    return [sys.executable, "-m", "uvicorn", *where, *UVICORN, application]


@contextmanager
def relay(folder: Path, sockets: int) -> Iterator[tuple[Crowd, int]]:
    """The relay, its crowd, and its process id."""
    cast = folder / "relay-cast"
    cast.write_text("".join(f"/ws/{n // 2}/{n % 2}\t\t\t0\n" for n in range(sockets)))
    port = free_port()
    with running([sys.executable, str(RELAY), str(port)], port) as process:
        yield Crowd("relay", port, cast), process.pid


@dataclass(frozen=True, slots=True)
class Relay:
    """bench/peers/relay.py: keeps nothing, so there are no books."""

    folder: Path
    pairs: int

    @contextmanager
    def open(self) -> Iterator[Crowd]:
        with relay(self.folder, self.pairs * 2) as (crowd, _pid):
            yield crowd

    def differs(self, crowd: Crowd) -> str:
        return ""


@dataclass(slots=True)
class Tutorial:
    """bench/peers/tutorial on uvicorn and SQLite."""

    folder: Path
    pairs: int
    _before: int = field(default=0, init=False)

    @contextmanager
    def open(self) -> Iterator[Crowd]:
        cast, port = self.folder / "tutorial-cast", free_port()
        if not cast.exists():
            cast.write_text(self._people())
        self._before = self._stored()
        with running(uvicorn("bench.peers.tutorial.asgi:application", port), port, **self._where):
            yield Crowd("tutorial", port, cast)

    def differs(self, crowd: Crowd) -> str:
        stored, told = self._stored() - self._before, sum(each.acknowledged for each in crowd.heard)
        return "" if stored == told else f"the tutorial told of {told}, and stored {stored}"

    @property
    def _where(self) -> dict[str, str]:
        return {
            "TUTORIAL_DATABASE": str(self.folder / "tutorial.sqlite3"),
            "DJANGO_SETTINGS_MODULE": "bench.peers.tutorial.settings",
        }

    def _people(self) -> str:
        making = [sys.executable, "-m", "bench.peers.tutorial.people", str(self.pairs)]
        mine = {**os.environ, **self._where}
        return subprocess.check_output(making, cwd=ROOT, env=mine, text=True)

    def _stored(self) -> int:
        with closing(sqlite3.connect(self._where["TUTORIAL_DATABASE"])) as database:
            [count] = database.execute("SELECT count(*) FROM tutorial_message").fetchone()
        return int(count)


@dataclass(frozen=True, slots=True)
class SocketIO:
    """bench/peers/socketio on node, with the PostgreSQL and the Redis at `addresses`."""

    folder: Path
    pairs: int
    addresses: dict[str, str]

    @contextmanager
    def open(self) -> Iterator[Crowd]:
        install_socketio()
        cast, port = self.folder / "socketio-cast", free_port()
        address = "/socket.io/?EIO=4&transport=websocket&room="
        cast.write_text("".join(f"{address}{n // 2}\t\t\t0\n" for n in range(self.pairs * 2)))
        command = ["node", str(SOCKETIO / "server.js")]
        with running(command, port, **self.addresses, PORT=str(port)):
            yield Crowd("socketio", port, cast)

    def differs(self, crowd: Crowd) -> str:
        told = sum(each.acknowledged for each in crowd.heard)
        with psycopg.connect(self.addresses["DATABASE_URL"]) as database:
            found = database.execute(
                "SELECT count(*) FROM socketio_messages WHERE client_offset LIKE %s",
                [f"{crowd.run}%"],
            ).fetchone()
        stored = found[0] if found else 0
        return "" if stored == told else f"Socket.IO told of {told}, and stored {stored}"


@contextmanager
def stack(house: House) -> Iterator[int]:
    """bench/peers/stack.py on the house's own database; its port."""
    port = free_port()
    mine = {**house.environment, "RAYZAN_PORT": str(port), "DJANGO_SETTINGS_MODULE": "settings"}
    with running(uvicorn("bench.peers.stack:application", port), port, **mine):
        yield port


def install_socketio() -> None:
    """Its packages, beside it, as its lock file says; once."""
    stamp, lock = SOCKETIO / "node_modules" / ".installed", SOCKETIO / "package-lock.json"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        quiet = ["npm", "ci", "--silent", "--no-audit", "--no-fund"]
        subprocess.run(quiet, cwd=SOCKETIO, check=True, stdout=subprocess.DEVNULL)
        stamp.touch()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The peer stopped at once, with exit code {process.returncode}.")
        try:
            create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"The peer did not answer on port {port} within {PATIENCE:.0f} s.")
