"""Deliberate faults, one at a time, to prove that the judge notices. Never part of the product.

Each is put in by `chaos.served` when a process of the run starts; it may also take away what the
database itself would refuse. What each must be caught as is said in `chaos.prove`.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q

from chat import ledger, sweep, workers, writer
from chat.page import Page, Slip
from chat.posts import Rejected, Result
from chat.shelf import Row
from consult import clock, ending, rows
from consult.models import consultation
from consult.operations import closing

SLOW_COMMIT: Final = 0.1


def acknowledge_before_commit() -> None:
    """The answer leaves while the transaction is still open."""
    answer, loops = writer._answer, list[asyncio.AbstractEventLoop]()
    started = writer.start_writer

    def start() -> Any:
        loops.append(asyncio.get_running_loop())
        return started()

    def write(letters: Sequence[Any]) -> list[Result]:
        with transaction.atomic():
            results = ledger.write([letter.post for letter in letters])
            loops[-1].call_soon_threadsafe(answer, letters, results)
            time.sleep(SLOW_COMMIT)
        return results

    _put(writer, _write=write, _answer=lambda _letters, _results: None)
    _put(workers, start_writer=start)


def no_dedupe() -> None:
    """A repeat is taken for news, whatever tells it: its name or its place in the outbox."""
    place = Page._place

    def take(self: Page, slip: Slip, row: Row) -> Rejected | None:
        outbox = row.outbox(slip.post.stream)
        if outbox is not None and slip.post.n <= outbox.n:
            outbox.n = slip.post.n - 1
        return place(self, slip, row)

    _put(Page, _place=take, _first_answers=lambda _self, _names: {})
    _forget_indexes("chat_message")


def no_order_check() -> None:
    """Whatever number comes is the next."""
    place = Page._place

    def take(self: Page, slip: Slip, row: Row) -> Rejected | None:
        if slip.post.n > 1:
            row.has_place(slip.post.stream, slip.post.n - 1, slip.role)
        return place(self, slip, row)

    _put(Page, _place=take)


def no_pairing_lock() -> None:
    """Two processes may give at the same moment, and the slot does not stop them."""
    _put(clock, take_turn=clock.now)
    _put(ending, share_turn=lambda pk: (clock.now(), rows.locked(pk)))
    _forget_indexes("consult_consultation")


def no_pairing_on_close() -> None:
    """A seat that gets free is noticed by nobody."""
    _put(closing, pair=lambda _now, **_event: [])
    _put(sweep, serve_the_waiting=lambda _now: [])


def old_read_rule() -> None:
    """Whoever ever held a conversation may read it for ever."""
    _put(consultation, _take_part=_ever_held)


def _ever_held(people: Collection[int]) -> Q:
    return Q(holder__in=people) | Q(assignments__counsellor__in=people)


def ghost_presence() -> None:
    """A lease is renewed for every open socket, heard from or not."""
    _put(sweep, time=SimpleNamespace(monotonic=lambda: 0.0))


MUTANTS: Final[dict[str, Callable[[], None]]] = {
    each.__name__: each
    for each in (
        acknowledge_before_commit,
        no_dedupe,
        no_order_check,
        no_pairing_lock,
        no_pairing_on_close,
        old_read_rule,
        ghost_presence,
    )
}


def _put(where: Any, **what: Any) -> None:
    for name, each in what.items():
        if not hasattr(where, name):
            raise LookupError(f"{where} has no {name} any more: the mutant is out of date.")
        setattr(where, name, each)


def _forget_indexes(table: str) -> None:
    """Drop what the database would refuse by itself; in a thread, for no loop may wait here."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_drop, table).result()


def _drop(table: str) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
        for name, each in found.items():
            if each["unique"] and not each["primary_key"]:
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"')
                cursor.execute(f'DROP INDEX IF EXISTS "{name}"')
    connection.close()
