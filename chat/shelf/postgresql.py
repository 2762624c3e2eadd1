"""PostgreSQL: rows are locked in the order of their ids, so that nobody waits crosswise."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection

from chat.shelf.base import Shelf, as_json, spoken
from chat.shelf.rows import Line, Row

_THERE = """FROM json_to_recordset(%s::json) AS p(id uuid, last_seq int, outboxes jsonb)
    WHERE c.id = p.id"""


class PostgresqlShelf(Shelf):
    lock = """SELECT id::text, case_id::text, state, holder_id, last_seq, outboxes::text
        FROM consult_consultation
        WHERE id IN (SELECT value::uuid FROM json_array_elements_text(%s::json))
        ORDER BY id FOR UPDATE"""
    repeats = """SELECT p.value, m.seq FROM json_array_elements_text(%s::json) AS p(value)
        JOIN chat_message m
            ON m.consultation_id = left(p.value, 36)::uuid AND m.client_id = substr(p.value, 37)"""
    admitted = """SELECT p.value FROM json_array_elements_text(%s::json) AS p(value)
        JOIN consult_access a ON a.case_id = left(p.value, 36)::uuid
            AND a.citizen_id = substr(p.value, 37)::bigint
        JOIN consult_citizen c ON c.id = a.citizen_id
        WHERE a.expires_at > %s AND a.revoked_at IS NULL AND c.revoked_at IS NULL"""
    insert = """INSERT INTO chat_message (consultation_id, seq, role, author_id, stream, n,
            client_id, text, params, masked, edition_id, field, folded, created_at)
        SELECT consultation_id, seq, role, author_id, stream, n, client_id, text, params, masked,
            edition_id, field, folded, created_at
        FROM json_to_recordset(%s::json) AS p(consultation_id uuid, seq int, role text,
            author_id bigint, stream text, n int, client_id text, text text, params jsonb,
            masked jsonb, edition_id bigint, field text, folded text, created_at timestamptz)"""
    sessions = """SELECT session_key FROM django_session
        WHERE session_key IN (SELECT value FROM json_array_elements_text(%s::json))
            AND expire_date > %s"""
    turns: ClassVar = {
        "citizen": f"""UPDATE consult_consultation AS c SET last_seq = p.last_seq,
                outboxes = p.outboxes, awaiting = 'counsellor', awaiting_since =
                    CASE c.awaiting WHEN 'counsellor' THEN c.awaiting_since ELSE %s END,
                silence_noticed_at = NULL, citizen_seen_at = %s {_THERE}""",
        "counsellor": f"""UPDATE consult_consultation AS c SET last_seq = p.last_seq,
                outboxes = p.outboxes, awaiting = 'citizen', awaiting_since = %s,
                first_reply_at = COALESCE(c.first_reply_at, %s) {_THERE}""",
        "system": f"UPDATE consult_consultation AS c SET last_seq = p.last_seq {_THERE}",
    }

    def key(self, pk: UUID) -> str:
        return str(pk)

    def now(self) -> datetime:
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement_timestamp()")
            found: datetime = cursor.fetchone()[0]
        return found

    def moment(self, at: datetime) -> Any:
        return at

    def write(self, lines: Sequence[Line], rows: Iterable[Row], now: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.insert, [as_json([_record(each, now) for each in lines])])
            for role, where in spoken(rows):
                moments = () if role == "system" else (now, now)
                told = [_turn(row) for row in where]
                cursor.execute(self.turns[role], [*moments, as_json(told)])


def _turn(row: Row) -> dict[str, Any]:
    return {"id": row.key, "last_seq": row.last_seq, "outboxes": row.outboxes}


def _record(line: Line, now: Any) -> dict[str, Any]:
    message = line.message
    return {
        "consultation_id": line.key,
        "seq": message.seq,
        "role": message.role,
        "author_id": message.author.id if message.author else None,
        "stream": message.stream,
        "n": message.n,
        "client_id": message.client_id,
        "text": message.text,
        "params": message.params,
        "masked": message.masked,
        "edition_id": message.edition,
        "field": message.field,
        "folded": line.folded,
        "created_at": now,
    }
