"""PostgreSQL crashes under a running house: nothing typed is lost, and nothing needs a restart."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import HTTPError

import pytest
from django.conf import settings
from django.db import connection

from ops.visitor import Page, Visitor
from ops.web import serving
from tests.desk.asking import QUESTION
from tests.outage import Pressed
from tests.servers import Daemon, postgresql_daemon, scratch

RECOVERY = 20.0


@pytest.fixture
def lonely() -> Iterator[tuple[Visitor, Daemon]]:
    """A visitor of a house whose PostgreSQL is nobody else's."""
    if connection.vendor != "postgresql":
        pytest.skip("There is no server to stop beside SQLite.")
    with scratch() as folder, postgresql_daemon(folder) as database:
        told = {**os.environ, "DATABASE_URL": database.address, "RAYZAN_POOL": "4"}
        done = subprocess.run(
            [sys.executable, "-m", "ops.prepare"], cwd=settings.BASE_DIR, env=told, check=False
        )
        assert done.returncode == 0
        with serving("uvicorn", told) as site:
            yield Visitor(site.address), database


@contextmanager
def refused() -> Iterator[list[Page]]:
    """What is answered while the database is away."""
    pages: list[Page] = []
    with pytest.raises(HTTPError) as error:
        yield pages
    assert (error.value.code, error.value.headers["Retry-After"]) == (503, "10")
    pages.append(Page(error.value.url or "", error.value.read().decode()))


def test_a_question_outlives_a_crash(lonely: tuple[Visitor, Daemon]) -> None:
    visitor, database = lonely
    form = visitor.get("/file/")

    database.stop(signal.SIGQUIT)
    with refused() as pages:
        visitor.submit(form, "question", question=QUESTION, language="fa", consent="on")
    with refused() as others:
        visitor.get("/services/")
    database.start()

    assert 'http-equiv="refresh"' in others[0].text
    kept = Pressed(pages[0].text).fields["question"][0]
    assert QUESTION in insisted(visitor, pages[0], kept).text


def insisted(visitor: Visitor, page: Page, question: str) -> Page:
    """Press until the database has come back."""
    deadline = time.monotonic() + RECOVERY
    while True:
        try:
            return visitor.submit(page, "question", question=question)
        except HTTPError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)
