"""What every shelf can do; the statements themselves are each database's own."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from django.db import connection

from chat.shelf.rows import Line, Outbox, Row

_outboxes_in = msgspec.json.Decoder(list[Outbox]).decode


class Shelf(ABC):
    """The few statements of the message path, in one database's words.

    Written out because they run for every batch of messages, and the ORM would cost more than the
    database (docs/adr/0011). One JSON document carries any number of keys into a statement, so its
    text never changes. A key is a consultation's (or case's) id as this database writes it; a
    message and a visit are named by it and what follows.
    """

    lock: ClassVar[str]
    repeats: ClassVar[str]
    admitted: ClassVar[str]
    sessions: ClassVar[str]
    insert: ClassVar[str]
    turns: ClassVar[dict[str, str]]  # By who spoke: whose turn it is now, and since when.

    @abstractmethod
    def key(self, pk: UUID) -> str:
        """The id of a consultation or case, as this database writes it."""

    @abstractmethod
    def now(self) -> datetime:
        """The moment, by the clock of the database."""

    @abstractmethod
    def moment(self, at: datetime) -> Any:
        """A moment, as this database takes it."""

    @abstractmethod
    def write(self, lines: Sequence[Line], rows: Iterable[Row], now: Any) -> None:
        """Insert the lines and put the rows back."""

    def locked_rows(self, keys: Collection[str]) -> dict[str, Row]:
        """These consultations, locked until the transaction ends; unknown ones are left out."""
        return {
            key: Row(key, case, state, holder, last_seq, _outboxes_in(outboxes))
            for key, case, state, holder, last_seq, outboxes in self._fetch(self.lock, keys)
        }

    def repeated(self, names: Collection[str]) -> dict[str, int]:
        """Which messages are stored already: their sequences, by name."""
        return dict(self._fetch(self.repeats, names))

    def open_visits(self, visits: Collection[str], now: Any) -> set[str]:
        """Which of these (case, citizen) are open: what `Access.objects.live()` says, in heaps."""
        return {visit for (visit,) in self._fetch(self.admitted, visits, now)}

    def live_sessions(self, keys: Collection[str], now: Any) -> set[str]:
        """With which of these somebody is signed in: `accounts.identity.live_sessions`."""
        return {key for (key,) in self._fetch(self.sessions, keys, now)}

    def _fetch(self, statement: str, keys: Collection[str], *more: Any) -> list[Any]:
        if not keys:
            return []
        with connection.cursor() as cursor:
            cursor.execute(statement, [as_json(list(keys)), *more])
            return list(cursor.fetchall())


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
