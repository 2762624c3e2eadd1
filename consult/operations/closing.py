"""How a consultation ends: once, for a reason, and the freed seat is filled at once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from consult import ending, line, rows
from consult.happenings import Happening
from consult.models import Consultation
from consult.operations.announcing import announce, announce_duty, announce_line
from consult.operations.assigning import UNRESTRICTED, keep, pair
from consult.timers import timer
from trust.statements import answers

Reason = Consultation.CloseReason
State = Consultation.State


@transaction.atomic(savepoint=False)
def close(
    *, consultation: Consultation, reason: Reason, epoch: int | None = None
) -> list[Happening]:
    """End it, whoever ends it; the freed seat is filled at once. Ending twice does no harm.

    With `epoch`, only if the holding is still the one the caller knew (a counsellor who comes
    back late is refused with `ValidationError`).
    """
    now, consultation = ending.share_turn(consultation.pk)
    if consultation.is_closed:
        return []
    if epoch is not None and (epoch != consultation.epoch or not consultation.is_held):
        raise ValidationError(_("This conversation is with a colleague now."), code="not_held")
    former, was_waiting = consultation.holder_id, consultation.state == State.WAITING
    talked = consultation.state == State.ACTIVE
    changed = {
        "state": State.CLOSED,
        "holder_id": None,
        "slot": None,
        "hold_at": None,
        "hold_until": None,
        "offer_expires_at": None,
        "closed_at": now,
        "close_reason": reason,
        "wrap_up_due_at": now + timer("wrap_up") if talked else None,
        "wrapped_up_at": None if talked else now,
        "version": consultation.version + 1,
        **UNRESTRICTED,
    }
    write = rows.changed(consultation.pk, changed)
    keep(consultation, changed)
    announce(consultation, former, consultation.last_holder_id)
    if was_waiting:
        announce_line()
    ended = [Happening(consultation, f"ended_{reason}")]
    if former is None:
        rows.write(write)
        return ended
    announce_duty(former)
    *_written, seat = answers(write, rows.drained(former, now), line.sitting(former, now))
    return ended + pair(now, freed=line.seats(seat))
