"""SQLite: the transaction is IMMEDIATE, so every row is locked already. Ids are 32 hex digits."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection
from django.utils import timezone

from chat.shelf.base import Shelf, as_json, known, spoken
from chat.shelf.rows import Known, Line, Row
from trust.statements import answers


class SqliteShelf(Shelf):
    lock = """SELECT id, case_id, state, holder_id, last_seq, outboxes FROM consult_consultation
        WHERE id IN (SELECT value FROM json_each(%s))"""
    last = """SELECT id, last_seq FROM consult_consultation
        WHERE id IN (SELECT value FROM json_each(%s))"""
    repeats = """SELECT p.value, m.seq FROM json_each(%s) p JOIN chat_message m
        ON m.consultation_id = substr(p.value, 1, 32) AND m.client_id = substr(p.value, 33)"""
    admitted = """SELECT p.value FROM json_each(%s) p
        JOIN consult_consultation t ON t.id = substr(p.value, 1, 32)
        JOIN consult_access a ON a.case_id = t.case_id
            AND a.citizen_id = CAST(substr(p.value, 33) AS INTEGER)
        JOIN consult_citizen c ON c.id = a.citizen_id
        WHERE a.expires_at > %s AND a.revoked_at IS NULL AND c.revoked_at IS NULL"""
    sessions = """SELECT session_key FROM django_session
        WHERE session_key IN (SELECT value FROM json_each(%s)) AND expire_date > %s"""
    insert = """INSERT INTO chat_message (consultation_id, seq, role, author_id, stream, n,
            client_id, text, params, masked, edition_id, field, folded, created_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
    turns: ClassVar = {
        "citizen": """UPDATE consult_consultation SET last_seq = %s, outboxes = %s,
                awaiting = 'counsellor', awaiting_since =
                    CASE awaiting WHEN 'counsellor' THEN awaiting_since ELSE %s END,
                silence_noticed_at = NULL, citizen_seen_at = %s
            WHERE id = %s""",
        "counsellor": """UPDATE consult_consultation SET last_seq = %s, outboxes = %s,
                awaiting = 'citizen', awaiting_since = %s,
                first_reply_at = COALESCE(first_reply_at, %s)
            WHERE id = %s""",
        "system": "UPDATE consult_consultation SET last_seq = %s WHERE id = %s",
    }

    def key(self, pk: UUID) -> str:
        return pk.hex

    def look(
        self, talks: Collection[str], visits: Collection[str], sessions: Collection[str]
    ) -> Known:
        now = timezone.now()
        moment = _moment(now)
        locked, admitted, signed_in = answers(
            (self.lock, [as_json(list(talks))]),
            (self.admitted, [as_json(list(visits)), moment]),
            (self.sessions, [as_json(list(sessions)), moment]),
        )
        return known(locked, now, admitted, signed_in)

    def write(self, lines: Sequence[Line], rows: Iterable[Row], now: datetime) -> None:
        moment = _moment(now)
        with connection.cursor() as cursor:
            cursor.executemany(self.insert, [_line(each, moment) for each in lines])
            for role, where in spoken(rows):
                told = [_turn(row, role, moment) for row in where]
                cursor.executemany(self.turns[role], told)


def _moment(at: datetime) -> str:
    return str(connection.ops.adapt_datetimefield_value(at))


def _turn(row: Row, role: str, now: Any) -> tuple[Any, ...]:
    if role == "system":
        return (row.last_seq, row.key)
    return (row.last_seq, as_json(row.outboxes), now, now, row.key)


def _line(line: Line, now: Any) -> tuple[Any, ...]:
    message = line.message
    return (
        line.key,
        message.seq,
        message.role,
        message.author.id if message.author else None,
        message.stream,
        message.n,
        message.client_id,
        message.text,
        as_json(message.params) if message.params else "{}",
        as_json(message.masked) if message.masked else "[]",
        message.edition,
        message.field,
        line.folded,
        now,
    )
