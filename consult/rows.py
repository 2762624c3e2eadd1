"""The rows that every pairing reads and writes, plainly.

What runs while everybody else waits for the one lock has no time for an ORM that compiles the
same statement anew each time. The columns, and how a value is stored in one, are the models'.
"""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models

from consult.models import Assignment, Consultation, Duty

Change = tuple[str, list[Any]]


def locked(pk: UUID) -> Consultation:
    """The consultation as it is now, and nobody else's until the transaction ends."""
    statement, converters = _reading(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, [_key().get_db_prep_value(pk, connection)])
        row = cursor.fetchone()
    if row is None:
        raise Consultation.DoesNotExist(pk)
    values = list(row)
    for place, column, convert in converters:
        values[place] = convert(values[place], column, connection)
    names = [field.attname for field in Consultation._meta.concrete_fields]
    return Consultation.from_db(connection.alias, names, values)


def write(*changes: Change) -> None:
    """Make these changes, in this order; PostgreSQL is asked once for all of them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            values = [value for _statement, given in changes for value in given]
            cursor.execute("; ".join(statement for statement, _given in changes), values)
            return
        for statement, given in changes:
            cursor.execute(statement, given)


def changed(pk: UUID, values: dict[str, Any]) -> Change:
    """These columns of a consultation and no other: a message may be stored meanwhile."""
    known = _fields(Consultation)
    columns = ", ".join(f"{known[name].column} = %s" for name in values)
    stored = [known[name].get_db_prep_save(value, connection) for name, value in values.items()]
    where = _key().get_db_prep_value(pk, connection)
    return f"UPDATE consult_consultation SET {columns} WHERE id = %s", [*stored, where]


def given(assignment: Assignment) -> Change:
    """A line of the log: who was given what."""
    known = {n: f for n, f in _fields(Assignment).items() if not f.primary_key}
    stored = [
        field.get_db_prep_save(getattr(assignment, name), connection)
        for name, field in known.items()
    ]
    columns = ", ".join(str(field.column) for field in known.values())
    places = ", ".join(["%s"] * len(stored))
    return f"INSERT INTO consult_assignment ({columns}) VALUES ({places})", stored


def busy(counsellor: int, at: datetime) -> Change:
    """The counsellor was given something: they are not the longest idle any more."""
    moment = _fields(Duty)["last_assigned_at"].get_db_prep_save(at, connection)
    return (
        "UPDATE consult_duty SET last_assigned_at = %s WHERE counsellor_id = %s"
        " AND ended_at IS NULL"
    ), [moment, counsellor]


def drained(counsellor: int, at: datetime) -> Change:
    """Off duty, if the counsellor is finishing and holds nothing any more."""
    moment = _fields(Duty)["ended_at"].get_db_prep_save(at, connection)
    return (
        "UPDATE consult_duty SET state = 'off', ended_at = %s WHERE counsellor_id = %s"
        " AND ended_at IS NULL AND state = 'draining' AND NOT EXISTS"
        " (SELECT 1 FROM consult_consultation WHERE holder_id = %s)"
    ), [moment, counsellor, counsellor]


@cache
def _fields(model: type[models.Model]) -> dict[str, "models.Field[Any, Any]"]:
    return {field.attname: field for field in model._meta.concrete_fields}


def _key() -> "models.Field[Any, Any]":
    return _fields(Consultation)["id"]


@cache
def _reading(vendor: str) -> tuple[str, list[tuple[int, Any, Any]]]:
    """The statement, and what turns a stored value into ours: place, column, converter."""
    table, fields = Consultation._meta.db_table, _fields(Consultation).values()
    columns = [field.get_col(table) for field in fields]
    converters = [
        (place, column, convert)
        for place, column in enumerate(columns)
        for convert in connection.ops.get_db_converters(column)
        + column.get_db_converters(connection)
    ]
    names = ", ".join(str(field.column) for field in fields)
    lock = " FOR UPDATE" if vendor == "postgresql" else ""
    return f"SELECT {names} FROM {table} WHERE id = %s{lock}", converters
