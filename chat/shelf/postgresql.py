"""PostgreSQL: rows are locked in the order of their ids, so that nobody waits crosswise.

What is asked, and what is written, travels together. Each statement sees what was committed before
it began: so what follows the lock sees what those did who held it before.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from chat.shelf.base import Shelf, as_json, known, spoken
from chat.shelf.rows import Known, Line, Row
from trust.statements import answers

_THERE = """FROM json_to_recordset(%s::json) AS p(id uuid, last_seq int, outboxes jsonb)
    WHERE c.id = p.id"""


class PostgresqlShelf(Shelf):
    lock = """SELECT id::text, case_id::text, state, holder_id, last_seq, outboxes::text
        FROM consult_consultation
        WHERE id IN (SELECT value::uuid FROM json_array_elements_text(%s::json))
        ORDER BY id FOR UPDATE"""
    last = """SELECT replace(id::text, '-', ''), last_seq FROM consult_consultation
        WHERE id IN (SELECT value::uuid FROM json_array_elements_text(%s::json))"""
    repeats = """SELECT p.value, m.seq FROM json_array_elements_text(%s::json) AS p(value)
        JOIN chat_message m
            ON m.consultation_id = left(p.value, 36)::uuid AND m.client_id = substr(p.value, 37)"""
    admitted = """SELECT p.value FROM json_array_elements_text(%s::json) AS p(value)
        JOIN consult_consultation t ON t.id = left(p.value, 36)::uuid
        JOIN consult_access a ON a.case_id = t.case_id
            AND a.citizen_id = substr(p.value, 37)::bigint
        JOIN consult_citizen c ON c.id = a.citizen_id
        WHERE a.expires_at > statement_timestamp()
            AND a.revoked_at IS NULL AND c.revoked_at IS NULL"""
    insert = """INSERT INTO chat_message (consultation_id, seq, role, author_id, stream, n,
            client_id, text, params, masked, edition_id, field, folded, created_at)
        SELECT consultation_id, seq, role, author_id, stream, n, client_id, text, params, masked,
            edition_id, field, folded, created_at
        FROM json_to_recordset(%s::json) AS p(consultation_id uuid, seq int, role text,
            author_id bigint, stream text, n int, client_id text, text text, params jsonb,
            masked jsonb, edition_id bigint, field text, folded text, created_at timestamptz)"""
    sessions = """SELECT session_key FROM django_session
        WHERE session_key IN (SELECT value FROM json_array_elements_text(%s::json))
            AND expire_date > statement_timestamp()"""
    clock = "SELECT statement_timestamp()"
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

    def look(
        self, talks: Collection[str], visits: Collection[str], sessions: Collection[str]
    ) -> Known:
        locked, [(now,)], admitted, signed_in = answers(
            (self.lock, [as_json(list(talks))]),
            (self.clock, []),
            (self.admitted, [as_json(list(visits))]),
            (self.sessions, [as_json(list(sessions))]),
        )
        return known(locked, now, admitted, signed_in)

    def write(self, lines: Sequence[Line], rows: Iterable[Row], now: datetime) -> None:
        told = [(self.insert, [as_json([_record(each, now) for each in lines])])]
        for role, where in spoken(rows):
            moments = () if role == "system" else (now, now)
            told.append((self.turns[role], [*moments, as_json([_turn(row) for row in where])]))
        answers(*told)


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
