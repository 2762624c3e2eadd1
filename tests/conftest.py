"""The servers and the database of the suite; the people are in tests/people.py."""

import os
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.db import connection

from ops.web import serving

pytest_plugins = ["tests.people"]


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    """The house, served by daphne on this test's database; its address."""
    with serving("daphne", environment()) as served:
        yield served.address


@pytest.fixture(params=["daphne", "uvicorn"])
def either_site(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[str]:
    """The house on this test's database, served by one server and then by the other."""
    with serving(request.param, environment()) as served:
        yield served.address


def environment() -> dict[str, str]:
    """What a process beside the suite needs to see the same database as the suite."""
    return {**os.environ, "DATABASE_URL": database_url()}


def database_url() -> str:
    """The address of the database that Django made for this run."""
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{quote(str(place['NAME']))}"
    who = f"{quote(place['USER'])}:{quote(place['PASSWORD'])}"
    return f"postgres://{who}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
