"""A real PostgreSQL and a real Redis for tests, benches and `make cluster`.

Private, on free ports, with their data in a scratch folder, and gone at the end. An address in
TEST_DATABASE_URL or TEST_REDIS_URL is used instead of starting one.

    python -m tests.servers -- COMMAND …    runs COMMAND with DATABASE_URL and REDIS_URL set
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from socket import create_connection
from typing import Any, Final

import psycopg

from ops.web import free_port, stop
from tests.programs import ProgramMissingError, program

PATIENCE: Final = 30.0


@dataclass
class Daemon:
    """A server of ours that can be stopped, however rudely, and started again as it was."""

    address: str
    command: list[str]
    place: Path
    farewell: signal.Signals
    account: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """In a group of its own: a Ctrl-C ends it through us, after what uses it."""
        with (self.place / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.place,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.account,
            )

    def stop(self, farewell: signal.Signals | None = None) -> None:
        assert self.process is not None
        stop(self.process, farewell or self.farewell)


@contextmanager
def addresses() -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_URL of servers that run as long as this holds."""
    with scratch() as folder, _database(folder) as database, _wire(folder) as wire:
        yield {"DATABASE_URL": database, "REDIS_URL": wire}


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards, and that the postgres account may enter."""
    folder = Path(tempfile.mkdtemp(prefix="rayzan-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgresql_daemon(folder: Path) -> Iterator[Daemon]:
    """A PostgreSQL as durable as a real one (fsync stays on), with an empty database."""
    place, port, password = folder / "postgresql", free_port(), secrets.token_hex(16)
    account = _account()
    place.mkdir(mode=0o700)
    keyfile = place / "password"
    keyfile.write_text(password)
    for each in (place, keyfile) if account else ():
        os.chown(each, account["user"], account["group"])
    data = place / "data"
    who = ["--username=rayzan", "--auth=scram-sha-256", f"--pwfile={keyfile}"]
    words = ["--encoding=UTF8", "--locale=C.UTF-8"]  # Or trigrams find nothing in Persian.
    _run_quietly([program("initdb"), f"--pgdata={data}", *who, *words], cwd=place, **account)
    options = f"-D {data} -h 127.0.0.1 -p {port} -k {place} -c max_connections=200".split()
    address = f"postgres://rayzan:{password}@127.0.0.1:{port}/"
    command = [program("postgres"), *options]
    with _running(Daemon(f"{address}rayzan", command, place, signal.SIGINT, account)) as daemon:
        _create_database(f"{address}postgres")
        yield daemon


@contextmanager
def redis_daemon(folder: Path) -> Iterator[Daemon]:
    """A Redis that keeps nothing."""
    place, port, password = folder / "redis", free_port(), secrets.token_hex(16)
    place.mkdir(mode=0o700)
    rules = place / "redis.conf"
    keeps_nothing = 'save ""\nappendonly no\n'
    rules.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {place}\n{keeps_nothing}"
    )
    address, command = (
        f"redis://:{password}@127.0.0.1:{port}/0",
        [program("redis-server"), str(rules)],
    )
    with _running(Daemon(address, command, place, signal.SIGTERM)) as daemon:
        _wait_for_port(port)
        yield daemon


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The address of one."""
    with postgresql_daemon(folder) as daemon:
        yield daemon.address


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """The address of one."""
    with redis_daemon(folder) as daemon:
        yield daemon.address


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
    else:
        with postgresql(folder) as address:
            yield address


@contextmanager
def _wire(folder: Path) -> Iterator[str]:
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
    else:
        with redis(folder) as address:
            yield address


def _account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root lends it the account that Debian made for it."""
    if os.geteuid() != 0:
        return {}
    program("postgres")
    debian = pwd.getpwnam("postgres")
    return {"user": debian.pw_uid, "group": debian.pw_gid, "extra_groups": []}


@contextmanager
def _running(daemon: Daemon) -> Iterator[Daemon]:
    daemon.start()
    try:
        yield daemon
    finally:
        daemon.stop()


def _run_quietly(command: list[str], **how: Any) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **how)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)


def _create_database(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with psycopg.connect(address, autocommit=True, connect_timeout=2) as connection:
                connection.execute("CREATE DATABASE rayzan")
                return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _wait_for_port(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(OSError), create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"Nothing answered on port {port} within {PATIENCE:.0f} s.")


def main(command: list[str]) -> int:
    """Run `command` beside the servers; end with its exit code."""
    with addresses() as environment:
        process = subprocess.Popen(command, env={**os.environ, **environment})
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # The command hears a Ctrl-C itself.
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        return process.wait()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:][sys.argv[1:2] == ["--"] :]))
    except ProgramMissingError as missing:
        sys.exit(str(missing))
