"""Browsers, as people have them: each with its own cookies, none with a cache of another's."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, expect, sync_playwright

from ops.web import Site, serving
from tests.browser.people import People
from tests.conftest import environment
from tests.programs import program

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # A process for each person would cost more than the pages.
]
PATIENCE = 15_000
# Playwright keeps a loop running in this thread, which Django takes for a server's.
BESIDE_A_LOOP = "DJANGO_ALLOW_ASYNC_UNSAFE"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; gone before the next folder, whose tests bring loops of their own."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setenv(BESIDE_A_LOOP, "1")
        browser = playwright.chromium.launch(executable_path=program("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def surroundings(django_db_setup: None) -> dict[str, str]:
    """What a server is told, so that it speaks both languages and sees the tests' database."""
    call_command("compile_translations")
    return {name: said for name, said in environment().items() if name != BESIDE_A_LOOP}


@pytest.fixture(scope="package")
def server(surroundings: dict[str, str]) -> Iterator[Site]:
    """One daphne for all: it keeps nothing in memory that an emptied database would contradict."""
    with serving("daphne", surroundings) as site:
        yield site


@pytest.fixture(scope="package")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A file for the sample as it was loaded, empty at first."""
    with closing(sqlite3.connect(tmp_path_factory.mktemp("sample") / "copy")) as file:
        yield file


@pytest.fixture
def sample(transactional_db: None, copy: sqlite3.Connection) -> None:
    """The sample agency, its cards and its people; the database is emptied after each test.

    Loaded once: putting a copy back takes a tenth of the time.
    """
    connection.ensure_connection()
    if copy.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        copy.backup(connection.connection)
    else:
        call_command("load_sample", verbosity=0)
        connection.connection.backup(copy)


@pytest.fixture
def house(sample: None, server: Site) -> Site:
    """The house with its sample."""
    return server


@pytest.fixture
def people(house: Site, browser: Browser) -> Iterator[People]:
    """`people("fa")` opens somebody's browser. At the end nothing may have gone wrong in any."""
    people = People(browser, house.address, pictures=os.environ.get("PICTURES", ""))
    yield people
    people.leave()
    assert not people.faults, "\n".join(dict.fromkeys(people.faults))
