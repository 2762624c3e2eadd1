"""Our side: a house on a database of its own, with its people, open for one visit at a time."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from bench import cores
from bench.crowd import Crowd
from ops.web import ROOT, Site, serving, stop

# Raised so that two people may say what two hundred would; nothing is switched off.
LIMITS: Final = {"bucket_per_second": 1_000_000, "bucket_burst": 1_000_000}
RAISED: Final = {f"RAYZAN_LIMIT_{name.upper()}": str(value) for name, value in LIMITS.items()}

Books = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class House:
    """An installation in a scratch folder; `environment` is all that its processes need."""

    folder: Path
    environment: dict[str, str]

    @classmethod
    def at(cls, folder: Path, **addresses: str) -> Self:
        """An installation with nothing in it: on SQLite, or on the servers at `addresses`."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("RAYZAN_") and name not in {"DATABASE_URL", "REDIS_URL", "PORT"}
        }
        return cls(folder, {**inherited, **RAISED, **addresses, "RAYZAN_DATA": f"{folder}/var"})

    def copy(self, folder: Path) -> "House":
        """The same once more; for those on SQLite."""
        shutil.copytree(self.folder, folder)
        return House(folder, {**self.environment, "RAYZAN_DATA": f"{folder}/var"})

    @property
    def cast(self) -> Path:
        return self.folder / "cast"

    def starting(self, program: str, *words: str) -> subprocess.Popen[bytes]:
        """A program of bench/inside, begun. In test mode: PINs that nobody types hash faster."""
        return subprocess.Popen(
            [sys.executable, "-m", f"bench.inside.{program}", *words],
            cwd=ROOT,
            env={**self.environment, "RAYZAN_MODE": "test"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # A Ctrl-C reaches it through us, in order.
        )

    def run(self, program: str, *words: str) -> str:
        """What a program of bench/inside prints."""
        process = self.starting(program, *words)
        try:
            said, _errors = process.communicate()
        finally:
            stop(process)
        if process.returncode:
            raise RuntimeError(f"bench.inside.{program} ended with {process.returncode}.")
        return said.decode()

    def make_people(self, program: str, *words: str) -> None:
        """Let a program make people, and keep the cast that it prints."""
        self.folder.mkdir(exist_ok=True)
        self.cast.write_text(self.run(program, *words))

    @contextmanager
    def serving(self, server: str) -> Iterator[Site]:
        """The house on the server's core."""
        house = serving(server, self.environment)
        with cores.pinned(cores.server()):
            site = house.__enter__()
        try:
            yield site
        finally:
            house.__exit__(None, None, None)


class Caretaker:
    """Wakes a house's people and reads its books; one process for all rounds of a figure."""

    def __init__(self, house: House) -> None:
        self._process = house.starting("books")

    def wake(self) -> None:
        """Everybody was heard from just now."""
        self._ask("wake")

    def books(self, run: str) -> Books:
        """What the database holds of every conversation."""
        found: Books = self._ask(f"books {run}")
        return found

    def leave(self) -> None:
        with self._process:  # Closes what we asked through.
            stop(self._process)

    def _ask(self, question: str) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{question}\n".encode())
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@dataclass(frozen=True, slots=True)
class Talks:
    """A house full of conversations, under one server."""

    house: House
    server: str
    caretaker: Caretaker

    @contextmanager
    def open(self) -> Iterator[Crowd]:
        self.caretaker.wake()
        with self.house.serving(self.server) as site:
            yield Crowd("house", site.port, self.house.cast)

    def differs(self, crowd: Crowd) -> str:
        return unlike(self.caretaker.books(crowd.run), crowd)


def unlike(books: Books, crowd: Crowd) -> str:
    """How the database differs from what was acknowledged; empty if it does not."""
    for talk, count in crowd.acknowledged.items():
        found = books[talk]
        if found["of_run"] != count:
            return f"{talk}: {count} acknowledged, {found['of_run']} stored"
        if found["names"] != found["lines"]:
            return f"{talk}: {found['lines']} lines with {found['names']} names"
        if found["last"] != found["lines"] or crowd.highest[talk] > found["last"]:
            return f"{talk}: {found['lines']} lines, the last is {found['last']}"
    return ""
