"""What the database says after a run, as plain values for the checker."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from chat.models import Message
from consult.models import Assignment, Consultation
from trust.patience import think_as_long_as_it_takes


@dataclass(frozen=True, slots=True)
class Row:
    """A stored message."""

    consultation: UUID
    seq: int
    role: str
    client_id: str
    text: str  # Of a line of the system: its code.
    at: float


@dataclass(frozen=True, slots=True)
class Given:
    """One assignment of the log."""

    consultation: UUID
    counsellor: int
    epoch: int
    at: float
    load_before: float
    capacity: int


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything that the checker compares the diaries with."""

    rows: list[Row]
    given: list[Given]
    last_seqs: dict[UUID, int]
    states: dict[UUID, str]


def truth() -> Truth:
    """Read it all, as of one moment: the clock of the house goes on meanwhile."""
    connection.close()  # The database was ended several times since we last spoke to it.
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        think_as_long_as_it_takes()
        return _read()


def _read() -> Truth:
    messages = Message.objects.order_by("consultation_id", "seq").values_list(
        "consultation_id", "seq", "role", "client_id", "text", "created_at"
    )
    given = Assignment.objects.order_by("at").values_list(
        "consultation_id", "counsellor_id", "epoch", "at", "load_before", "capacity"
    )
    talks = list(Consultation.objects.values_list("pk", "last_seq", "state"))
    return Truth(
        rows=[Row(*each[:5], _seconds(each[5])) for each in messages],
        given=[Given(*each[:3], _seconds(each[3]), *each[4:]) for each in given],
        last_seqs={pk: last for pk, last, _state in talks},
        states={pk: state for pk, _last, state in talks},
    )


def _seconds(at: datetime) -> float:
    return at.timestamp()
