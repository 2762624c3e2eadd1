"""What happened, written into the conversations as lines of the system.

There is nothing to ask here: a line repeats nothing, overtakes nothing and is refused by nobody,
and whoever made it happen has locked the conversation. So none of the ledger's questions is asked:
each line takes the next sequence and is written, all of them in one breath.
"""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.utils import timezone

from chat.models import Message
from chat.posts import SYSTEM_STREAM, Stored
from consult.happenings import Happening
from consult.rows import stored_key
from trust.statements import Row, answers

_NEXT = """UPDATE consult_consultation SET last_seq = last_seq + 1 WHERE id = %s
    RETURNING id, holder_id, last_seq"""
_LINE = """INSERT INTO chat_message (consultation_id, seq, role, author_id, stream, n, client_id,
        text, params, masked, edition_id, field, folded, created_at)
    SELECT id, last_seq, 'system', NULL, 'system', last_seq, %s, %s, %s, %s, NULL, '', '', {now}
    FROM {next}"""
_AT_ONCE = f"""WITH next AS ({_NEXT}),
    line AS ({_LINE.format(now="statement_timestamp()", next="next")})
    SELECT id, holder_id, last_seq, statement_timestamp() FROM next"""
_AFTER = _LINE.format(now="%s", next="consult_consultation WHERE id = %s")


def write_lines(happenings: Iterable[Happening]) -> list[Stored]:
    """A line for each, in this order, as it was stored; in the transaction of what happened."""
    named = [(each, str(uuid.uuid4())) for each in happenings]
    if not named:
        return []
    rows = _at_once(named) if connection.vendor == "postgresql" else _one_by_one(named)
    return [_stored(each, name, row) for (each, name), row in zip(named, rows, strict=True)]


def _at_once(named: Sequence[tuple[Happening, str]]) -> list[Row]:
    lines = ([each.consultation.pk, *_said(each, name)] for each, name in named)
    return [row for [row] in answers(*((_AT_ONCE, line) for line in lines))]


def _one_by_one(named: Sequence[tuple[Happening, str]]) -> list[Row]:
    rows: list[Row] = []
    for each, name in named:
        key, now = stored_key(each.consultation.pk), timezone.now()
        moment = connection.ops.adapt_datetimefield_value(now)
        [[row], _line] = answers((_NEXT, [key]), (_AFTER, [*_said(each, name), moment, key]))
        rows.append((*row, now))
    return rows


def _said(each: Happening, name: str) -> list[Any]:
    return [name, each.code, _json("params", each.params), _json("masked", [])]


def _json(column: str, value: Any) -> Any:
    field: Any = Message._meta.get_field(column)
    return field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])


def _stored(each: Happening, name: str, row: Row) -> Stored:
    _pk, holder, seq, now = row
    return Stored(
        consultation=each.consultation.pk,
        case=each.consultation.case_id,
        holder=holder,
        parked=False,
        seq=seq,
        role=Message.Role.SYSTEM.value,
        author=None,
        stream=SYSTEM_STREAM,
        n=seq,
        client_id=name,
        text=each.code,
        params=each.params,
        masked=[],
        edition=None,
        field="",
        created_at=now,
    )
