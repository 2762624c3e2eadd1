"""A PostgreSQL that takes Persian letters for no letters is refused before anything is in it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from catalog.letters import fault_of, insist
from tests.conftest import database_url

pytestmark = pytest.mark.django_db(transaction=True)

Making = Callable[[str], str]
DEAF = "LC_COLLATE 'C' LC_CTYPE 'C'"
HEARING = "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"


@pytest.fixture
def made(db: None) -> Iterator[Making]:
    """`made(locale)` makes an empty database beside ours, and returns its address."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such trap.")
    names: list[str] = []

    def make(locale: str) -> str:
        name = f"letters_{uuid4().hex[:8]}"
        _run(database_url(), f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {locale}")
        names.append(name)
        return f"{database_url().rsplit('/', 1)[0]}/{name}"

    yield make
    for name in names:
        _run(database_url(), f"DROP DATABASE {name} WITH (FORCE)")


def _run(address: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address, autocommit=True) as beside:
        done = beside.execute(statement.encode())
        return done.fetchall() if done.description else []


def manage(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=Path(settings.BASE_DIR),
        env={**os.environ, "DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_database_of_the_house_knows_its_letters() -> None:
    insist()
    assert fault_of() == ""


def test_migrate_refuses_a_database_in_c_and_leaves_it_empty(made: Making) -> None:
    deaf = made(DEAF)

    told = manage(deaf, "migrate")

    assert told.returncode != 0
    assert "catalog.E001" in told.stderr
    assert "Make the database anew" in told.stderr
    assert _run(deaf, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'") == []


def test_a_server_at_work_on_one_says_so_in_its_log_and_goes_on(made: Making) -> None:
    told = manage(made(DEAF), "shell", "-c", "from catalog.letters import tell; tell()")

    assert told.returncode == 0
    assert "takes Persian letters for no letters" in told.stderr


@pytest.mark.parametrize(("locale", "good"), [(DEAF, False), (HEARING, True)])
def test_where_there_are_trigrams_it_is_they_who_are_asked(
    made: Making, locale: str, good: bool
) -> None:
    address = made(locale)
    _run(address, "CREATE EXTENSION pg_trgm")

    told = manage(address, "check", "--database", "default")

    assert (told.returncode == 0) is good
    assert ("catalog.E001" in told.stderr) is not good
