"""A citizen who falls silent gives up the seat, not the place; speaking again brings it back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from consult import clock
from consult.happenings import Happening
from consult.models import Consultation
from consult.operations.announcing import announce
from consult.operations.assigning import pair, put_back, set_on
from consult.operations.duty import end_if_drained

State = Consultation.State


def park(consultation: Consultation, now: datetime) -> list[Happening]:
    """The seat is free again; the row and the lock are the caller's."""
    former = consultation.holder_id
    assert former is not None
    changed: dict[str, Any] = {"state": State.PARKED, "holder_id": None, "slot": None}
    changed |= {"hold_at": None, "hold_until": None, "version": consultation.version + 1}
    set_on(consultation, changed)
    announce(consultation, former)
    end_if_drained(former, now)
    return [Happening(consultation, "parked")]


@transaction.atomic
def bring_back(*, consultation: Consultation) -> list[Happening]:
    """A parked citizen spoke again: waiting, at the original arrival, so near the head."""
    now = clock.take_turn()
    parked = Consultation.objects.select_for_update().filter(pk=consultation.pk, state=State.PARKED)
    woken = list(parked)
    for each in woken:
        put_back(each, now)
    return [Happening(each, "came_back") for each in woken] + pair(now, waits=woken)
