"""Looking for what is due without a lock, and doing it, one by one, if it still is."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db.models import QuerySet

from consult import clock
from consult.happenings import Happening
from consult.models import Consultation

BATCH = 50  # As many as are looked for at once.

Deed = Callable[[], list[Happening]]
"""Something to do, in a transaction of the caller's that also holds what is told of it."""

Act = Callable[[Consultation, datetime], list[Happening]]


def one_by_one(due: QuerySet[Consultation], act: Act) -> list[Deed]:
    """A deed for each that is due by now. Nothing is locked before one is done."""
    found = due.order_by("pk").values_list("pk", flat=True)[:BATCH]
    return [partial(_do, due.filter(pk=pk), act) for pk in found]


def _do(due: QuerySet[Consultation], act: Act) -> list[Happening]:
    now = clock.take_turn()
    still = due.select_for_update(of=("self",)).first()
    return act(still, now) if still else []
