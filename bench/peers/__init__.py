"""Whom we measure against: small honest programs, written as their own documentation would.

Each is startable alone (see its docstring or README) and none is ever slowed. `relay.py` is the
yardstick: its text never changes, and its hash stands beside every figure that uses it.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection
from typing import Final

from bench import cores
from ops.web import free_port, stop

HERE: Final = Path(__file__).parent
RELAY: Final = HERE / "relay.py"
PATIENCE: Final = 30.0


def relay_sha256() -> str:
    return hashlib.sha256(RELAY.read_bytes()).hexdigest()


@contextmanager
def running(command: list[str], port: int, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """`command` on the server's core, answering on `port`; stopped afterwards."""
    with cores.pinned(cores.server()):
        process = subprocess.Popen(command, env={**os.environ, **more}, start_new_session=True)
    try:
        _wait_for(process, port)
        yield process
    finally:
        stop(process)


@contextmanager
def relay() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The relay, on a port of its own."""
    port = free_port()
    with running([sys.executable, str(RELAY), str(port)], port) as process:
        yield port, process


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
