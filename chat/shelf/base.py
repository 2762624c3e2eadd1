"""What every shelf can do; the statements themselves are each database's own."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from django.db import connection

from chat.shelf.rows import Known, Line, Outbox, Row
from trust.statements import answers

_outboxes_in = msgspec.json.Decoder(list[Outbox]).decode


class Shelf(ABC):
    """The few statements of the message path, in one database's words.

    Written out because they run for every batch of messages, and the ORM would cost more than the
    database (docs/adr/0011). One JSON document carries any number of keys into a statement, so its
    text never changes. A key is a consultation's (or case's) id as this database writes it; a
    message and a visit are named by their consultation's and what follows.
    """

    lock: ClassVar[str]
    last: ClassVar[str]
    repeats: ClassVar[str]
    admitted: ClassVar[str]
    sessions: ClassVar[str]
    insert: ClassVar[str]
    turns: ClassVar[dict[str, str]]  # By who spoke: whose turn it is now, and since when.

    @abstractmethod
    def key(self, pk: UUID) -> str:
        """The id of a consultation or case, as this database writes it."""

    @abstractmethod
    def look(
        self, talks: Collection[str], visits: Collection[str], sessions: Collection[str]
    ) -> Known:
        """What is known of these, all asked at once; the consultations are locked.

        A visit is (consultation, citizen): is that person's access to its case open, as
        `Access.objects.live()` says? A session: is somebody signed in with it, as
        `accounts.identity.live_sessions` says?
        """

    @abstractmethod
    def write(self, lines: Sequence[Line], rows: Iterable[Row], now: datetime) -> None:
        """Insert the lines and put the rows back."""

    def repeated(self, names: Collection[str]) -> dict[str, int]:
        """Which messages are stored already: their sequences, by name."""
        return dict(answers((self.repeats, [as_json(list(names))]))[0]) if names else {}

    def ends(self, talks: Collection[int]) -> dict[int, int]:
        """Where each of these consultations ends: its last sequence. By the numbers of their ids.

        Asked of everything that anybody hears, again and again.
        """
        with connection.cursor() as cursor:
            cursor.execute(self.last, [as_json([f"{number:032x}" for number in talks])])
            return {int(key, 16): seq for key, seq in cursor.fetchall()}


def known(locked: Any, now: datetime, admitted: Any, signed_in: Any) -> Known:
    """What was looked up, from the rows that the statements gave back."""
    rows = {
        key: Row(key, case, state, holder, last_seq, _outboxes_in(outboxes))
        for key, case, state, holder, last_seq, outboxes in locked
    }
    visits, sessions = ({each for (each,) in found} for found in (admitted, signed_in))
    return Known(rows, now, visits, sessions)


def spoken(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Who spoke, and where: in rounds, so that in each conversation the order is kept."""
    rounds: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for row in rows:
        for turn, role in enumerate(row.voices):
            rounds[turn, role].append(row)
    for _turn, role in sorted(rounds):
        yield role, rounds[_turn, role]


def as_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
