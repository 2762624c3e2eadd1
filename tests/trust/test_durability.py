"""A database that may forget is refused before anything is promised on it."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from accounts.models import User
from trust.durability import checkpoint, insist

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


def test_what_is_logged_is_brought_into_the_file_beside_the_writers() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL does this alone.")
    User.objects.create(username="somebody")

    checkpoint()

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        busy, logged, brought = cursor.fetchone()
    assert (busy, logged) == (0, brought)
