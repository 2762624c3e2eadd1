"""The two web servers and how each is started: daphne alone, uvicorn where there is a cluster."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import socket
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PATIENCE: Final = 30.0
# WhiteNoise hands small files over synchronously; Django says so once per process. We know.
HUSH: Final = "ignore:StreamingHttpResponse must consume synchronous iterators:Warning"

UVICORN: Final = [
    "--ws=live.direct:DirectProtocol",
    "--ws-max-size=65536",
    "--ws-max-queue=32",
    "--ws-ping-interval=10",
    "--ws-ping-timeout=10",
    "--ws-per-message-deflate=false",
    "--timeout-graceful-shutdown=2",
    "--no-server-header",
    "--log-level=warning",
]
DAPHNE: Final = [
    "--websocket-max-message-size=65536",
    "--websocket-max-frame-size=65536",
    "--websocket_timeout=-1",  # A conversation may last longer than a day.
    "--ping-interval=10",
    "--ping-timeout=20",
    "--application-close-timeout=10",
    "--no-server-name",
    "--verbosity=0",
]


def command(server: str, port: int) -> list[str]:
    """The command line of `server`, listening on this machine only."""
    start = [sys.executable, "-m", server]
    if server == "daphne":
        return [*start, "-b", "127.0.0.1", "-p", str(port), *DAPHNE, "asgi:application"]
    return [*start, "--host", "127.0.0.1", "--port", str(port), *UVICORN, "asgi:application"]


def free_port() -> int:
    """A port that nobody listens on just now."""
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(server: str, port: int, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start `server` in a process group of its own, so that a Ctrl-C reaches it through us only."""
    ours = {"RAYZAN_PORT": str(port), "DJANGO_SETTINGS_MODULE": "settings", "PYTHONWARNINGS": HUSH}
    return subprocess.Popen(
        command(server, port), cwd=ROOT, env={**environment, **ours}, start_new_session=True
    )


def wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    """Return once the server answers a page; raise if it died or took too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server stopped at once, with exit code {process.returncode}.")
        if answers(port):
            return
        time.sleep(0.05)
    raise RuntimeError(f"The server did not answer on port {port} within {PATIENCE:.0f} s.")


def answers(port: int) -> bool:
    """Whether something speaks HTTP on `port`."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        try:
            connection.request("HEAD", "/")
            connection.getresponse()
        except (OSError, HTTPException):
            return False
        return True


def stop(process: subprocess.Popen[bytes], farewell: signal.Signals = signal.SIGTERM) -> None:
    """Ask the process to end; insist if it does not."""
    process.send_signal(farewell)  # Harmless when it has ended already.
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@dataclass(frozen=True, slots=True)
class Site:
    """A running server: where it answers, and its process for those who want to be rude to it."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """Without a trailing slash."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(server: str, environment: Mapping[str, str], port: int = 0) -> Iterator[Site]:
    """The house served by `server`, ready for its first visitor; stopped afterwards."""
    port = port or free_port()
    site = Site(port, start(server, port, environment))
    try:
        wait_until_ready(site.process, port)
        yield site
    finally:
        stop(site.process)
