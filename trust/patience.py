"""Transactions that may think between two statements; all others are ended when they idle."""

from django.db import connection


def think_as_long_as_it_takes() -> None:
    """For this transaction only: for commands that nobody waits for, never for a page."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
