"""One at a time, across processes: locks that end with the transaction.

SQLite needs none: its transactions are IMMEDIATE, so there is one writer at a time. Order, where
two are held: pairing before any consultation row, the audit log last.
"""

import hashlib

from django.db import connection

PAIRING = 0x52_41_59_01
AUDIT = 0x52_41_59_02


def take(number: int) -> None:
    """Wait for everybody who took the same number before; inside a transaction only."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def take_for(*words: str) -> None:
    """The same for a lock that `words` name."""
    digest = hashlib.sha256("\x1f".join(words).encode()).digest()
    take(int.from_bytes(digest[:8], signed=True))
