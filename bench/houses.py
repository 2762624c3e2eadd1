"""Our side: a house on a fresh database, with its people, served for one round at a time."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from bench import cores, crowd
from bench.rounds import Reading
from ops.web import Site, serving

# Raised so that two people may say what two hundred would; nothing is switched off.
LIMITS: Final = {"bucket_per_second": 1_000_000, "bucket_burst": 1_000_000}

Books = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class House:
    """An installation in a scratch folder; `environment` is all that its processes need."""

    folder: Path
    environment: dict[str, str]

    @property
    def cast(self) -> Path:
        return self.folder / "cast"

    def run(self, program: str, *words: str) -> str:
        """What a program of bench/inside prints."""
        with cores.pinned(cores.driver()):
            done = subprocess.run(
                [sys.executable, "-m", f"bench.inside.{program}", *words],
                env=self.environment,
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
        return done.stdout

    def people(self, program: str, *words: str) -> None:
        """Let a program make people, and keep the cast that it prints."""
        self.cast.write_text(self.run(program, *words))

    def books(self, run: str, *, wake: bool = False) -> Books:
        """What the database holds of every conversation."""
        found: Books = json.loads(self.run("books", *(["--wake"] if wake else []), run))
        return found

    @contextmanager
    def serving(self, server: str) -> Iterator[Site]:
        """The house on the server's core."""
        with cores.pinned(cores.server()):
            up = serving(server, self.environment)
            site = up.__enter__()
        try:
            yield site
        finally:
            up.__exit__(None, None, None)


def house(folder: Path, addresses: dict[str, str] | None = None) -> House:
    """An installation with nothing in it: on SQLite, or on the servers at `addresses`."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("RAYZAN_") and name not in {"DATABASE_URL", "REDIS_URL", "PORT"}
    }
    raised = {f"RAYZAN_LIMIT_{name.upper()}": str(value) for name, value in LIMITS.items()}
    data = {"RAYZAN_DATA": str(folder / "var")}
    return House(folder, {**inherited, **raised, **data, **(addresses or {})})


def talk(house: House, server: str, *, mode: tuple[str, ...]) -> tuple[crowd.Heard, str]:
    """One round of the crowd in the house: what it heard, and why the round is void, if it is."""
    run = uuid4().hex[:8]
    before = house.books(run, wake=True)
    refresh_cast(house, before)
    with house.serving(server) as site:
        told = house.folder / "told"
        heard = crowd.hear(
            *("-t", "house", "-p", str(site.port), "-f", str(house.cast)),
            *("-i", run, "-b", str(told), *mode),
        )
    return heard, heard.void or unlike(house.books(run), told.read_text())


def refresh_cast(house: House, books: Books) -> None:
    """Everybody already holds what was said before this round."""
    lines = [line.split("\t") for line in house.cast.read_text().splitlines()]
    house.cast.write_text(
        "".join(
            f"{path}\t{cookie}\t{talk}\t{books[talk]['last']}\n" for path, cookie, talk, _ in lines
        )
    )


def unlike(books: Books, told: str) -> str:
    """How the database differs from what was acknowledged; empty if it does not."""
    acknowledged: dict[str, int] = {}
    highest: dict[str, int] = {}
    for line in told.splitlines():
        talk, count, top = line.split("\t")
        acknowledged[talk] = acknowledged.get(talk, 0) + int(count)
        highest[talk] = max(highest.get(talk, 0), int(top))
    for talk, count in acknowledged.items():
        found = books[talk]
        if found["of_run"] != count:
            return f"{talk}: {count} acknowledged, {found['of_run']} stored"
        if found["names"] != found["lines"]:
            return f"{talk}: {found['lines']} lines with {found['names']} names"
        if found["last"] != found["lines"] or highest[talk] > found["last"]:
            return f"{talk}: {found['lines']} lines, the last is {found['last']}"
    return ""


def reading(house: House, server: str, seconds: float) -> Reading:
    """Stored and delivered messages a second: the crowd plays ping-pong."""
    heard, void = talk(house, server, mode=("-m", "pingpong", "-d", str(seconds)))
    return Reading(heard.rate, void)
