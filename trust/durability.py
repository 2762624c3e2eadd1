"""A database that keeps what it has committed; we promise nothing on any other."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

WANTED = {
    "fsync": {"on"},
    "full_page_writes": {"on"},
    "synchronous_commit": {"on", "remote_write", "remote_apply"},
}


def insist() -> None:
    """Raise `ImproperlyConfigured` where a crash of the database could lose what we acknowledge."""
    faults = faults_of_sqlite() if connection.vendor == "sqlite" else faults_of_postgresql()
    if faults:
        raise ImproperlyConfigured(
            "The database may forget what it committed: " + "; ".join(faults)
        )


def faults_of_postgresql() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [[*WANTED]])
        said = dict(cursor.fetchall())
    return [f"{name} is {said[name]}" for name, good in WANTED.items() if said[name] not in good]


def faults_of_sqlite() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        journal = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous")
        synchronous = cursor.fetchone()[0]
    faults = [] if journal == "wal" else [f"journal_mode is {journal}"]
    return faults if synchronous >= 2 else [*faults, f"synchronous is {synchronous}"]


def checkpoint() -> None:
    """Bring what SQLite has logged into its file, while others write; PostgreSQL does it alone.

    Left to SQLite, it is done by whoever's commit makes the log too long: a message waits for it.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
