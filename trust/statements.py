"""Several statements in one breath.

What runs while others wait for a lock, or while somebody types, has no time for an ORM that
compiles the same statement anew each time, nor for a database that plans it anew and is asked one
by one. On PostgreSQL each statement is prepared once per connection, so its text must not carry
values, and all of them travel together; each still sees what was committed before it began.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.db import connection
from psycopg import Connection, Cursor

Statement = tuple[str, list[Any]]
Row = tuple[Any, ...]

AT_ONCE: Final = 0  # The first use prepares a statement. Django's own are never prepared.


def answers(*statements: Statement) -> list[list[Row]]:
    """What each of these gives back, in this order. Several inside a transaction only."""
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        connection.validate_no_broken_transaction()
        if connection.queries_logged:
            connection.queries_log.extend({"sql": each, "time": ""} for each, _given in statements)
        with connection.wrap_database_errors:
            return _sent_together(connection.connection, statements)
    told = []
    with connection.cursor() as cursor:
        for statement, given in statements:
            cursor.execute(statement, given)
            told.append(list(cursor.fetchall()) if cursor.description else [])
    return told


def _sent_together(line: "Connection[Row]", statements: Sequence[Statement]) -> list[list[Row]]:
    line.prepare_threshold = AT_ONCE
    if len(statements) == 1:
        return [_rows(Cursor(line).execute(*statements[0]))]
    with line.pipeline():
        cursors = [Cursor(line).execute(statement, given) for statement, given in statements]
    return [_rows(cursor) for cursor in cursors]


def _rows(cursor: "Cursor[Row]") -> list[Row]:
    found = cursor.pgresult
    return cursor.fetchall() if found is not None and found.nfields else []
