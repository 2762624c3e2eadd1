"""Where transcripts are kept: the few statements of the message path, in each database's words.

Written out because this runs for every batch of messages, and the ORM would cost more than the
database (docs/adr/0009). One JSON document carries any number of keys or rows into a statement, so
the statement's text never changes and is prepared once.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection
from django.utils import timezone
from msgspec import Struct

from chat.posts import Stored


class Row(Struct):
    """What the ledger reads and changes of a locked consultation."""

    id: UUID
    case: UUID
    state: str
    holder: int | None
    last_seq: int
    awaiting: str
    awaiting_since: Any  # Moments go back as they came, in the database's own form.
    first_reply_at: Any
    silence_noticed_at: Any
    citizen_seen_at: Any
    hold_until: Any
    hold_reason: str


class Line(Struct, frozen=True):
    """A message as it is written down."""

    message: Stored
    folded: str


class End(Struct, frozen=True):
    """The last place taken in an outbox, and the role of whose it is."""

    n: int
    role: str


_ROW = """id, case_id, state, holder_id, last_seq, awaiting, awaiting_since, first_reply_at,
    silence_noticed_at, citizen_seen_at, hold_until, hold_reason"""
_LINE = """consultation_id, seq, role, author_id, stream, n, client_id, text, params, masked,
    edition_id, field, folded, created_at"""


class SqliteShelf:
    """SQLite: the transaction is IMMEDIATE, so every row is locked already."""

    lock = f"""SELECT {_ROW} FROM consult_consultation
        WHERE id IN (SELECT value FROM json_each(%s))"""
    ends = """SELECT p.value, m.n, m.role FROM json_each(%s) p JOIN chat_message m ON m.rowid = (
            SELECT x.rowid FROM chat_message x
            WHERE x.consultation_id = substr(p.value, 1, 32) AND x.stream = substr(p.value, 33)
            ORDER BY x.n DESC LIMIT 1)"""
    repeats = """SELECT p.value, m.seq FROM json_each(%s) p JOIN chat_message m
        ON m.consultation_id = substr(p.value, 1, 32) AND m.client_id = substr(p.value, 33)"""
    insert = f"INSERT INTO chat_message ({_LINE}) VALUES ({', '.join(['%s'] * 14)})"
    update = """UPDATE consult_consultation SET last_seq = %s, awaiting = %s, awaiting_since = %s,
        first_reply_at = %s, silence_noticed_at = %s, citizen_seen_at = %s, hold_until = %s,
        hold_reason = %s WHERE id = %s"""

    def key(self, consultation: UUID) -> str:
        return consultation.hex

    def now(self) -> datetime:
        return timezone.now()

    def moment(self, at: datetime) -> Any:
        return connection.ops.adapt_datetimefield_value(at)

    def read_row(self, values: Sequence[Any]) -> Row:
        return Row(UUID(hex=values[0]), UUID(hex=values[1]), *values[2:])

    def write(self, lines: Iterable[Line], rows: Iterable[Row]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(self.insert, [self._line(each) for each in lines])
            cursor.executemany(self.update, [self._row(each) for each in rows])

    def _line(self, line: Line) -> tuple[Any, ...]:
        message = line.message
        return (
            message.consultation.hex,
            message.seq,
            message.role,
            message.author.pk if message.author else None,
            message.stream,
            message.n,
            message.client_id,
            message.text,
            _json(message.params) if message.params else "{}",
            _json(message.masked) if message.masked else "[]",
            message.edition,
            message.field,
            line.folded,
            self.moment(message.created_at),
        )

    def _row(self, row: Row) -> tuple[Any, ...]:
        return (
            row.last_seq,
            row.awaiting,
            row.awaiting_since,
            row.first_reply_at,
            row.silence_noticed_at,
            row.citizen_seen_at,
            row.hold_until,
            row.hold_reason,
            row.id.hex,
        )


class PostgresShelf:
    """PostgreSQL: rows are locked in the order of their ids, so that nobody waits crosswise."""

    lock = f"""SELECT {_ROW} FROM consult_consultation
        WHERE id IN (SELECT value::uuid FROM json_array_elements_text(%s::json))
        ORDER BY id FOR UPDATE"""
    ends = """SELECT p.value, m.n, m.role FROM json_array_elements_text(%s::json) AS p(value)
        CROSS JOIN LATERAL (
            SELECT n, role FROM chat_message
            WHERE consultation_id = left(p.value, 36)::uuid AND stream = substr(p.value, 37)
            ORDER BY n DESC LIMIT 1) AS m"""
    repeats = """SELECT p.value, m.seq FROM json_array_elements_text(%s::json) AS p(value)
        JOIN chat_message m
        ON m.consultation_id = left(p.value, 36)::uuid AND m.client_id = substr(p.value, 37)"""
    insert = f"""INSERT INTO chat_message ({_LINE}) SELECT {_LINE} FROM json_to_recordset(%s::json)
        AS p(consultation_id uuid, seq int, role text, author_id bigint, stream text, n int,
        client_id text, text text, params jsonb, masked jsonb, edition_id bigint, field text,
        folded text, created_at timestamptz)"""
    update = """UPDATE consult_consultation AS c SET last_seq = p.last_seq, awaiting = p.awaiting,
        awaiting_since = p.awaiting_since, first_reply_at = p.first_reply_at,
        silence_noticed_at = p.silence_noticed_at, citizen_seen_at = p.citizen_seen_at,
        hold_until = p.hold_until, hold_reason = p.hold_reason
        FROM json_to_recordset(%s::json) AS p(id uuid, last_seq int, awaiting text,
        awaiting_since timestamptz, first_reply_at timestamptz, silence_noticed_at timestamptz,
        citizen_seen_at timestamptz, hold_until timestamptz, hold_reason text) WHERE c.id = p.id"""

    def key(self, consultation: UUID) -> str:
        return str(consultation)

    def now(self) -> datetime:
        """By the clock of the database: processes may disagree about the time."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement_timestamp()")
            found: datetime = cursor.fetchone()[0]
        return found

    def moment(self, at: datetime) -> Any:
        return at

    def read_row(self, values: Sequence[Any]) -> Row:
        return Row(*values)

    def write(self, lines: Iterable[Line], rows: Iterable[Row]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.insert, [_json([_record(each) for each in lines])])
            cursor.execute(self.update, [_json(list(rows))])


Shelf = SqliteShelf | PostgresShelf

_SHELVES: dict[str, Shelf] = {"sqlite": SqliteShelf(), "postgresql": PostgresShelf()}


def shelf() -> Shelf:
    """The statements for the database in use."""
    return _SHELVES[connection.vendor]


def locked_rows(consultations: Collection[UUID]) -> dict[UUID, Row]:
    """These consultations, locked until the end of the transaction; unknown ones are left out."""
    books = shelf()
    found = _fetch(books.lock, [books.key(each) for each in consultations])
    rows = [books.read_row(values) for values in found]
    return {row.id: row for row in rows}


def ends_of(outboxes: Collection[str]) -> dict[str, End]:
    """The last place of each outbox; one nobody has used yet is left out."""
    return {place: End(n, role) for place, n, role in _fetch(shelf().ends, list(outboxes))}


def repeated(names: Collection[str]) -> dict[str, int]:
    """Which messages are stored already: their sequences, by name."""
    return dict(_fetch(shelf().repeats, list(names)))


def _fetch(statement: str, keys: list[str]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [_json(keys)])
        return list(cursor.fetchall())


def _record(line: Line) -> dict[str, Any]:
    message = line.message
    return {
        "consultation_id": message.consultation,
        "seq": message.seq,
        "role": message.role,
        "author_id": message.author.pk if message.author else None,
        "stream": message.stream,
        "n": message.n,
        "client_id": message.client_id,
        "text": message.text,
        "params": message.params,
        "masked": message.masked,
        "edition_id": message.edition,
        "field": message.field,
        "folded": line.folded,
        "created_at": message.created_at,
    }


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
