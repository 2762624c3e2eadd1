"""Looking at the line four times a second: does anybody wait while a suitable counsellor is free?

Asked of the database from outside, with the pairing's own word on who is suitable. What the
processes think of it is not heard.
"""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Count
from django.utils import timezone

from consult import clock, line
from consult.models import Consultation, Duty
from consult.pairing import can_take

EVERY: Final = 0.25
PATIENCE: Final = 2.0


@dataclass
class Watch:
    """A thread of its own; read its fields when it has stopped."""

    longest: dict[UUID, float] = field(default_factory=dict)  # Waited in vain for longer than 2 s.
    doubled: set[tuple[int, int]] = field(default_factory=set)  # A slot with two in it.
    counts: Counter[str] = field(default_factory=Counter)
    _since: dict[UUID, float] = field(default_factory=dict)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._look_on, name="watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        assert self._thread is not None
        self._thread.join(30)

    def _look_on(self) -> None:
        while not self._stopping.wait(EVERY):
            began = time.monotonic()
            try:
                self._look(began)
            except (DatabaseError, InterfaceError):
                self._outage()
            if time.monotonic() - began > 1:  # The database stood still: nobody could pair.
                self._outage()
        connection.close()

    def _outage(self) -> None:
        self.counts["database away"] += 1
        self._since.clear()
        connection.close()

    def _look(self, now: float) -> None:
        able = servable()
        self._since = {pk: self._since.get(pk, now) for pk in able}
        for pk, since in self._since.items():
            if now - since > PATIENCE:
                self.longest[pk] = now - since
        doubled = Consultation.objects.held().values_list("holder", "slot").order_by()
        self.doubled |= {
            (holder, slot)
            for holder, slot, count in doubled.annotate(count=Count("pk"))
            if count > 1 and holder and slot
        }
        lapsed = Duty.objects.current().filter(lease_until__lte=timezone.now())
        self.counts["lease lapsed"] += lapsed.count()
        self.counts["looked"] += 1


def servable() -> set[UUID]:
    """Who stands at the head of a line although somebody could take them now."""
    seats = line.roster(clock.now()).values()
    open_lines = [key for key in line.every_key() if any(seat.could_take(key) for seat in seats)]
    return {
        head.waiting.consultation
        for heads in line.heads(open_lines).values()
        for head in heads
        if any(can_take(seat.available, head.waiting) for seat in seats)
    }
