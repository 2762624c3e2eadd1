"""What the holder of a consultation may do with it while they hold it, and only then."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import ServiceCard
from consult import clock, line
from consult.happenings import Happening
from consult.models import Case, Consultation
from consult.operations.announcing import announce
from consult.operations.assigning import pair, set_on
from consult.rows import locked
from persian.masking import mask
from persian.text import clean_input

LONGEST = 30  # Minutes. Whoever needs more opens a ticket.
REASON_LENGTH = 120
Awaiting = Consultation.Awaiting


@transaction.atomic
def hold(
    *, consultation: Consultation, counsellor: User, epoch: int, reason: str, minutes: int
) -> list[Happening]:
    """Ask the citizen to wait so many minutes, and say why; a quarter of a seat meanwhile.

    From here the counsellor owes the next word: saying it ends the hold. Raises `ValidationError`
    (code `not_held`) when the holding is another one by now.
    """
    now = clock.take_turn()
    consultation = locked(consultation.pk)
    refuse_unless_held(consultation, counsellor, epoch)
    covered = mask(clean_input(reason))[:REASON_LENGTH]
    minutes = max(1, min(minutes, LONGEST))
    changed = {
        "hold_at": now,
        "hold_until": now + timedelta(minutes=minutes),
        "hold_reason": covered,
        "awaiting": Awaiting.COUNSELLOR,
        "awaiting_since": now,
        "version": consultation.version + 1,
    }
    set_on(consultation, changed)
    announce(consultation)
    told = Happening(consultation, "on_hold", {"reason": covered, "minutes": minutes})
    return [told, *pair(now, freed=line.seat_of(counsellor.pk, now))]


@transaction.atomic
def resume(*, consultation: Consultation, counsellor: User, epoch: int) -> list[Happening]:
    """Back before the time. Raises `ValidationError` as `hold` does."""
    now = clock.take_turn()
    consultation = locked(consultation.pk)
    refuse_unless_held(consultation, counsellor, epoch)
    if consultation.hold_until is None:
        return []
    end_hold(consultation, now)
    return [Happening(consultation, "hold_over")]


def end_hold(consultation: Consultation, now: datetime) -> None:
    """Off hold; the row is the caller's. A silence is counted from here."""
    changed: dict[str, Any] = {
        "hold_at": None,
        "hold_until": None,
        "version": consultation.version + 1,
    }
    if consultation.awaiting == Awaiting.COUNSELLOR:
        changed["awaiting_since"] = now
    set_on(consultation, changed)
    announce(consultation)


@transaction.atomic
def link_card(*, consultation: Consultation, card: ServiceCard, counsellor: User) -> None:
    """Say which service this is about; the case says the same.

    Raises `ValidationError` (code `not_held`) when `counsellor` does not hold it any more.
    """
    consultation = locked(consultation.pk)
    refuse_unless_held(consultation, counsellor)
    Case.objects.filter(pk=consultation.case_id).update(card=card)
    set_on(consultation, {"card_id": card.pk, "version": consultation.version + 1})
    announce(consultation)


def refuse_unless_held(
    consultation: Consultation, counsellor: User, epoch: int | None = None
) -> None:
    """`ValidationError` unless this person talks here, and (with `epoch`) in the same holding."""
    holds = consultation.holder_id == counsellor.pk and consultation.is_active
    if not holds or epoch not in (None, consultation.epoch):
        raise ValidationError(_("This conversation is not with you any more."), code="not_held")
