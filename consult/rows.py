"""The rows that every pairing reads and writes, plainly (`consult.statements` says why).

The columns, and how a value is stored in one, are the models'.
"""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

from consult.models import Assignment, Consultation, Duty
from trust.statements import Row, Statement, answers


def locked(pk: UUID) -> Consultation:
    """The consultation as it is now, and nobody else's until the transaction ends."""
    return in_hand(answers(locking(pk))[0], pk)


def locking(pk: UUID, *names: str) -> Statement:
    """What locks a consultation and reads it, or only the columns of these `names`."""
    return _reading(connection.vendor, names)[1], [stored_key(pk)]


def in_hand(found: list[Row], pk: UUID, *names: str) -> Consultation:
    """The consultation that was read by `locking` with these names."""
    if not found:
        raise Consultation.DoesNotExist(pk)
    here = connections[DEFAULT_DB_ALIAS]
    values, (present, _statement, converters) = list(found[0]), _reading(here.vendor, names)
    for place, column, convert in converters:
        values[place] = convert(values[place], column, here)
    return Consultation.from_db(DEFAULT_DB_ALIAS, present, values)


def write(*changes: Statement) -> None:
    """Make these changes, in this order."""
    answers(*changes)


def changed(pk: UUID, values: dict[str, Any]) -> Statement:
    """These columns of a consultation and no other: a message may be stored meanwhile."""
    known = _fields(Consultation)
    columns = ", ".join(f"{known[name].column} = %s" for name in values)
    stored = _stored(Consultation, values)
    return f"UPDATE consult_consultation SET {columns} WHERE id = %s", [*stored, stored_key(pk)]


def given(assignment: Assignment, values: dict[str, Any]) -> bool:
    """Give it, log it, and note that the counsellor is not the longest idle any more.

    False when somebody else was given it at this moment: then nothing is changed. Whoever is
    faster is waited for, so that nobody is passed over for one who might yet be put back.
    """
    give, log, busy = _giving(assignment, values), _logging(assignment), _occupying(assignment)
    if connection.vendor != "postgresql":  # There, nobody else writes at this moment.
        [[_taken], *_rest] = answers(give, log, busy)
        return True
    statement = (
        f"WITH taken AS ({give[0]}), logged AS ({log[0]} FROM taken),"
        f" noted AS ({busy[0]} AND EXISTS (SELECT FROM taken)) SELECT id FROM taken"
    )
    return bool(answers((statement, [*give[1], *log[1], *busy[1]]))[0])


def _giving(assignment: Assignment, values: dict[str, Any]) -> Statement:
    known = _fields(Consultation)
    columns = ", ".join(f"{known[name].column} = %s" for name in values)
    return (
        f"UPDATE consult_consultation SET {columns}"
        " WHERE id = %s AND state = 'waiting' AND epoch = %s RETURNING id"
    ), [
        *_stored(Consultation, values),
        stored_key(assignment.consultation_id),
        assignment.epoch - 1,
    ]


def _logging(assignment: Assignment) -> Statement:
    known = {n: f for n, f in _fields(Assignment).items() if not f.primary_key}
    columns = ", ".join(str(field.column) for field in known.values())
    places = ", ".join(["%s"] * len(known))
    stored = _stored(Assignment, {name: getattr(assignment, name) for name in known})
    return f"INSERT INTO consult_assignment ({columns}) SELECT {places}", stored


def _occupying(assignment: Assignment) -> Statement:
    moment = _stored(Duty, {"last_assigned_at": assignment.at})
    return (
        "UPDATE consult_duty SET last_assigned_at = %s WHERE counsellor_id = %s"
        " AND ended_at IS NULL"
    ), [*moment, assignment.counsellor_id]


def _stored(model: type[models.Model], values: dict[str, Any]) -> list[Any]:
    """The values as this database takes them."""
    known, here = _fields(model), connections[DEFAULT_DB_ALIAS]
    return [known[name].get_db_prep_save(value, here) for name, value in values.items()]


def drained(counsellor: int, at: datetime) -> Statement:
    """Off duty, if the counsellor is finishing and holds nothing any more."""
    [moment] = _stored(Duty, {"ended_at": at})
    return (
        "UPDATE consult_duty SET state = 'off', ended_at = %s WHERE counsellor_id = %s"
        " AND ended_at IS NULL AND state = 'draining' AND NOT EXISTS"
        " (SELECT 1 FROM consult_consultation WHERE holder_id = %s)"
    ), [moment, counsellor, counsellor]


@cache
def _fields(model: type[models.Model]) -> dict[str, "models.Field[Any, Any]"]:
    return {field.attname: field for field in model._meta.concrete_fields}


def stored_key(pk: UUID) -> Any:
    """The id of a consultation as this database writes it."""
    return _fields(Consultation)["id"].get_db_prep_value(pk, connection)


@cache
def _reading(
    vendor: str, chosen: tuple[str, ...] = ()
) -> tuple[list[str], str, list[tuple[int, Any, Any]]]:
    """The names, the statement, and what turns a stored value into ours, by its place."""
    table, known = Consultation._meta.db_table, _fields(Consultation)
    fields = [field for name, field in known.items() if not chosen or name in chosen]
    here = connections[DEFAULT_DB_ALIAS]
    converters = [
        (place, column, convert)
        for place, column in enumerate(field.get_col(table) for field in fields)
        for convert in here.ops.get_db_converters(column) + column.get_db_converters(here)
    ]
    columns = ", ".join(str(field.column) for field in fields)
    lock = " FOR UPDATE" if vendor == "postgresql" else ""
    statement = f"SELECT {columns} FROM {table} WHERE id = %s{lock}"
    return [field.attname for field in fields], statement, converters
