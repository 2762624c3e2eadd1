"""A database that may forget is refused before anything is promised on it."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from trust.durability import insist

pytestmark = pytest.mark.django_db(transaction=True)

CARELESS = {"sqlite": "PRAGMA synchronous=OFF", "postgresql": "SET synchronous_commit = off"}
CAREFUL = {"sqlite": "PRAGMA synchronous=FULL", "postgresql": "SET synchronous_commit = on"}


def test_the_database_of_the_house_keeps_what_it_commits() -> None:
    insist()


def test_a_database_that_may_forget_is_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute(CARELESS[connection.vendor])
        try:
            with pytest.raises(ImproperlyConfigured, match="synchronous"):
                insist()
        finally:
            cursor.execute(CAREFUL[connection.vendor])
