"""The clock of everything that is timed: the database's, so that all processes read the same.

A process whose own clock is wrong re-queues nobody and reorders nothing. On SQLite there is one
machine, and its clock is the database's.
"""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from trust import locks


def now() -> datetime:
    """This moment, as the database sees it."""
    return _told("SELECT clock_timestamp()") if _elsewhere() else timezone.now()


def take_turn() -> datetime:
    """Wait for the pairing lock; the moment at which it was ours. Inside a transaction only."""
    if not _elsewhere():
        return timezone.now()
    return _told("SELECT clock_timestamp() FROM pg_advisory_xact_lock(%s)", locks.PAIRING)


def _elsewhere() -> bool:
    return connection.vendor == "postgresql"


def _told(question: str, *given: int) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        answer: datetime = cursor.fetchone()[0]
        return answer
