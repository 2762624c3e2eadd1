"""Finding the programs that tests need, and installing them where that is possible.

A machine that cannot have them fails with the line to type; nothing is skipped in silence.

    python -m tests.programs    installs whatever is missing
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

INSTALL: Final = (
    "apt-get update && apt-get install -y --no-install-recommends "
    "postgresql redis-server nginx chromium"
)
WAIT_FOR_OTHERS: Final = "-o DPkg::Lock::Timeout=300"
WANTED: Final = ("postgres", "initdb", "redis-server", "nginx", "chromium")
KEEPS_SERVICES_DOWN: Final = Path("/usr/sbin/policy-rc.d")


class ProgramMissingError(RuntimeError):
    """The machine lacks a program and we may not install it; the message is the line to type."""

    def __init__(self) -> None:
        super().__init__(INSTALL)


def program(name: str) -> str:
    """The program's path; installed first if need be."""
    if found(name) is None:
        install()
    if path := found(name):
        return path
    raise ProgramMissingError


def found(name: str) -> str | None:
    """Where the program is: on the PATH, or where Debian keeps those it leaves off it."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    folders = [os.environ.get("PATH", ""), *map(str, debian), "/usr/sbin"]
    return shutil.which(name, path=os.pathsep.join(folders))


def install() -> None:
    """Install everything at once, without letting Debian start a system service."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise ProgramMissingError
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    line = INSTALL.replace("apt-get install", f"apt-get {WAIT_FOR_OTHERS} install")
    with system_services_at_rest(), tempfile.TemporaryFile() as log:
        done = subprocess.run(["sh", "-c", line], stdout=log, stderr=log, env=quiet, check=False)
        if done.returncode != 0:
            log.seek(0)
            sys.stderr.write(log.read().decode(errors="replace"))
            raise ProgramMissingError


@contextmanager
def system_services_at_rest() -> Iterator[None]:
    """While this holds, installing a package starts no service; a policy already there stays."""
    if KEEPS_SERVICES_DOWN.exists():
        yield
        return
    KEEPS_SERVICES_DOWN.write_text("#!/bin/sh\nexit 101\n")
    KEEPS_SERVICES_DOWN.chmod(0o755)
    try:
        yield
    finally:
        KEEPS_SERVICES_DOWN.unlink()


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


if __name__ == "__main__":
    try:
        for each in WANTED:
            program(each)
    except ProgramMissingError as missing:
        sys.exit(str(missing))
