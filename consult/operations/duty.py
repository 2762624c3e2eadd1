"""Going on duty, pausing, finishing, leaving. Nobody is ever stranded by it."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agency.models import Topic
from consult import clock, line
from consult.happenings import Happening
from consult.models import Duty
from consult.operations.announcing import announce_duty
from consult.operations.assigning import pair, put_back_all
from consult.rows import drained, write
from consult.timers import timer
from persian.masking import mask
from persian.text import clean_input


@transaction.atomic
def go_on_duty(
    *, counsellor: User, topics: Iterable[Topic], languages: Iterable[str], capacity: int
) -> list[Happening]:
    """Begin taking consultations, or change for what and how many; then pair.

    Raises `ValidationError` without a topic or a language.
    """
    now = clock.take_turn()
    chosen, spoken = list(topics), sorted(set(languages))
    if not chosen or not spoken:
        raise ValidationError(_("Choose at least one topic and one language."), code="empty")
    terms = {
        "state": Duty.State.AVAILABLE,
        "break_reason": "",
        "languages": spoken,
        "capacity": capacity,
        "lease_until": now + timer("lease"),
    }
    duty, _created = Duty.objects.update_or_create(
        counsellor=counsellor,
        ended_at=None,
        defaults=terms,
        create_defaults={**terms, "started_at": now},
    )
    duty.topics.set(chosen)
    announce_duty(counsellor.pk)
    return pair(now, freed=line.seat_of(counsellor.pk, now))


@transaction.atomic
def take_break(*, counsellor: User, reason: str) -> None:
    """No new work for a while; what is held stays."""
    covered = mask(clean_input(reason))[:60]
    clock.take_turn()
    _change(counsellor, state=Duty.State.BREAK, break_reason=covered)


@transaction.atomic
def come_back(*, counsellor: User) -> list[Happening]:
    """Available again, after a break or a change of mind about finishing; then pair."""
    now = clock.take_turn()
    _change(
        counsellor,
        state=Duty.State.AVAILABLE,
        break_reason="",
        lease_until=now + timer("lease"),
    )
    return pair(now, freed=line.seat_of(counsellor.pk, now))


@transaction.atomic
def drain(*, counsellor: User) -> None:
    """Finish what is held and take no more; off duty as soon as nothing is held."""
    now = clock.take_turn()
    _change(counsellor, state=Duty.State.DRAINING)
    end_if_drained(counsellor.pk, now)


@transaction.atomic
def go_off_duty(*, counsellor: User) -> list[Happening]:
    """Leave now: what is held waits again at its original arrival and is told so."""
    now = clock.take_turn()
    _change(counsellor, state=Duty.State.OFF, ended_at=now)
    return put_back_all(counsellor, "put_back")


@transaction.atomic
def renew_leases(counsellors: Iterable[int]) -> None:
    """These people were heard from lately. A lapsed lease lives again: they are back.

    One statement, by the database's clock: a process whose own is wrong loses nobody.
    """
    on_duty = Duty.objects.current().filter(counsellor__in=list(counsellors))
    on_duty.update(lease_until=clock.now() + timer("lease"))


def end_if_drained(counsellor: int, now: datetime) -> None:
    """The last conversation of somebody who is finishing has ended: off duty."""
    write(drained(counsellor, now))
    announce_duty(counsellor)


def _change(counsellor: User, **terms: object) -> None:
    if not Duty.objects.current().filter(counsellor=counsellor).update(**terms):
        raise ValidationError(_("You are not on duty."), code="off_duty")
    announce_duty(counsellor.pk)
