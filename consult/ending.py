"""The turn of those who end a conversation: many at once, one after the other at each seat.

What makes a match possible takes the pairing lock for itself (`clock.take_turn`), with one
exception: an end, which frees one seat and puts nobody into the line. Two ends at different seats
can only want the same person from the line, and then the row of that person decides: whoever
comes second waits for the first to commit and looks again (`rows.given`). So ends share the lock,
and their commits reach the disk together. Everything else still meets no end half done.

A transaction that has ended something takes no turn of its own afterwards: two of them would wait
for each other.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from consult import rows
from consult.models import Consultation
from trust import locks
from trust.statements import Statement, answers

READ = (
    "id",
    "case_id",
    "topic_id",
    "language",
    "state",
    "holder_id",
    "last_holder_id",
    "epoch",
    "version",
)
SEAT = 0x52_41_59_03  # With the counsellor, a pair of numbers: a space of its own.
KEYS = 2**31


def share_turn(pk: UUID) -> tuple[datetime, Consultation]:
    """The consultation, locked, when nobody else changes the seat it takes; and that moment."""
    if connection.vendor != "postgresql":
        return timezone.now(), rows.locked(pk)
    shared = "SELECT pg_advisory_xact_lock_shared(%s)", [locks.PAIRING]
    _none, found, [[now]] = answers(shared, rows.locking(pk, *READ), _seat(pk))
    return now, rows.in_hand(found, pk, *READ)


def _seat(pk: UUID) -> Statement:
    """Wait for whoever changes this seat; nobody's is number 0."""
    holder = f"(SELECT holder_id %% {KEYS} FROM consult_consultation WHERE id = %s)"
    return (
        f"SELECT clock_timestamp() FROM pg_advisory_xact_lock(%s, COALESCE({holder}, 0)::int)"
    ), [SEAT, pk]
