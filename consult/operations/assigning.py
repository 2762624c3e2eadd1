"""Giving a waiting consultation to a counsellor, and taking it back. Serialised by one lock."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from consult import line
from consult.happenings import Happening
from consult.load import load_of
from consult.models import Assignment, Consultation, Duty
from consult.operations.announcing import announce, announce_line
from consult.pairing import Available, next_pair
from trust import locks


@transaction.atomic
def pair_waiting() -> list[Happening]:
    """Start every consultation that can start now.

    Any process may call this at any time, several at once: the lock lets them in one by one. Call
    it in the transaction of the event that makes a match possible.
    """
    locks.take(locks.PAIRING)
    roster = line.roster()
    heads = {key: line.heads(key) for key in line.keys(roster.values())}
    happened = []
    while pair := next_pair((each for head in heads.values() for each in head), roster.values()):
        happening = assign(pair.consultation, roster[pair.counsellor])
        happened.append(happening)
        key = (happening.consultation.topic_id, happening.consultation.language)
        heads[key] = line.heads(key)
        roster[pair.counsellor] = _with_one_more(roster[pair.counsellor])
    if happened:
        announce_line()
    return happened


def _with_one_more(each: Available) -> Available:
    return Available(
        counsellor=each.counsellor,
        topics=each.topics,
        languages=each.languages,
        load=each.load + 1,
        capacity=each.capacity,
        idle_since=timezone.now(),
    )


def assign(consultation_id: UUID, chosen: Available) -> Happening:
    """Give this waiting consultation to `chosen`; the pairing lock is held by the caller."""
    now = timezone.now()
    consultation = Consultation.objects.select_for_update(of=("self",)).get(
        pk=consultation_id, state=Consultation.State.WAITING
    )
    counsellor = User.objects.get(pk=chosen.counsellor)
    load = load_of(counsellor.pk)
    consultation.state = Consultation.State.ACTIVE
    consultation.holder = consultation.last_holder = counsellor
    consultation.slot = free_slot(counsellor)
    consultation.epoch += 1
    consultation.assigned_at = consultation.awaiting_since = now
    consultation.awaiting = Consultation.Awaiting.COUNSELLOR
    consultation.avoid = None
    consultation.version += 1
    consultation.save()
    Assignment.objects.create(
        consultation=consultation,
        counsellor=counsellor,
        epoch=consultation.epoch,
        at=now,
        waited=now - consultation.arrived_at,
        load_before=load,
        capacity=chosen.capacity,
    )
    Duty.objects.current().filter(counsellor=counsellor).update(last_assigned_at=now)
    announce(consultation)
    return Happening(consultation, "joined", {"name": counsellor.first_names})


def free_slot(counsellor: User) -> int:
    """The lowest slot not taken; the database refuses the same one twice."""
    taken = set(Consultation.objects.held_by(counsellor).values_list("slot", flat=True))
    return next(slot for slot in range(1, len(taken) + 2) if slot not in taken)


def put_back(consultation: Consultation, code: str) -> Happening:
    """Back into the line at the original arrival; the lock and the row are the caller's.

    The epoch is left as it is: the next assignment raises it, and until then nobody holds this.
    """
    former = consultation.holder_id
    consultation.state = Consultation.State.WAITING
    consultation.holder = consultation.slot = None
    consultation.hold_until = None
    consultation.awaiting_since = timezone.now()
    consultation.version += 1
    consultation.save()
    announce(consultation, former)
    announce_line()
    return Happening(consultation, code)


@transaction.atomic
def put_back_all(counsellor: User, code: str) -> list[Happening]:
    """Everything this person holds waits again, then whoever is free takes it."""
    locks.take(locks.PAIRING)
    held = Consultation.objects.held_by(counsellor).select_for_update(of=("self",))
    happened = [put_back(each, code) for each in held.order_by("pk")]
    return happened + pair_waiting()
