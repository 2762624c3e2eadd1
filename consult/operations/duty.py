"""Going on duty, pausing, finishing, leaving. Nobody is ever stranded by it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agency.models import Topic
from consult.happenings import Happening
from consult.models import Consultation, Duty
from consult.operations.announcing import announce_duty
from consult.operations.assigning import pair_waiting, put_back_all
from consult.timers import timer
from persian.masking import mask
from persian.text import clean_input
from trust import locks


@transaction.atomic
def go_on_duty(
    *, counsellor: User, topics: Iterable[Topic], languages: Iterable[str], capacity: int
) -> list[Happening]:
    """Begin taking consultations, or change for what and how many; then pair.

    Raises `ValidationError` without a topic or a language.
    """
    locks.take(locks.PAIRING)
    chosen, spoken = list(topics), sorted(set(languages))
    if not chosen or not spoken:
        raise ValidationError(_("Choose at least one topic and one language."), code="empty")
    terms = {
        "state": Duty.State.AVAILABLE,
        "languages": spoken,
        "capacity": capacity,
        "lease_until": timezone.now() + timer("lease"),
    }
    duty, _created = Duty.objects.update_or_create(
        counsellor=counsellor, ended_at=None, defaults=terms
    )
    duty.topics.set(chosen)
    announce_duty(counsellor)
    return pair_waiting()


@transaction.atomic
def take_break(*, counsellor: User, reason: str) -> None:
    """No new work for a while; what is held stays."""
    covered = mask(clean_input(reason))[:60]
    locks.take(locks.PAIRING)
    _change(counsellor, state=Duty.State.BREAK, break_reason=covered)


@transaction.atomic
def come_back(*, counsellor: User) -> list[Happening]:
    """Available again, after a break or a change of mind about finishing; then pair."""
    locks.take(locks.PAIRING)
    _change(
        counsellor,
        state=Duty.State.AVAILABLE,
        break_reason="",
        lease_until=timezone.now() + timer("lease"),
    )
    return pair_waiting()


@transaction.atomic
def drain(*, counsellor: User) -> None:
    """Finish what is held and take no more; off duty as soon as nothing is held."""
    locks.take(locks.PAIRING)
    if Consultation.objects.held_by(counsellor).exists():
        _change(counsellor, state=Duty.State.DRAINING)
    else:
        _change(counsellor, state=Duty.State.OFF, ended_at=timezone.now())


@transaction.atomic
def go_off_duty(*, counsellor: User) -> list[Happening]:
    """Leave now: what is held waits again at its original arrival and is told so."""
    locks.take(locks.PAIRING)
    _change(counsellor, state=Duty.State.OFF, ended_at=timezone.now())
    return put_back_all(counsellor, "put_back")


def end_if_drained(counsellor: User) -> None:
    """The last conversation of somebody who is finishing has ended: off duty."""
    draining = Duty.objects.current().filter(counsellor=counsellor, state=Duty.State.DRAINING)
    if not Consultation.objects.held_by(counsellor).exists():
        draining.update(state=Duty.State.OFF, ended_at=timezone.now())
    announce_duty(counsellor)


def _change(counsellor: User, **terms: object) -> None:
    if not Duty.objects.current().filter(counsellor=counsellor).update(**terms):
        raise ValidationError(_("You are not on duty."), code="off_duty")
    announce_duty(counsellor)
