"""Giving a waiting consultation to a counsellor, and taking it back. Serialised by one lock.

What happens to one consultation or one counsellor concerns one line or one seat: an event pairs
only there (`pair`), the sweep looks at everything (`pair_waiting`). Both ask the same policy.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.models import User
from consult import clock, line, rows
from consult.happenings import Happening
from consult.models import Assignment, Consultation
from consult.operations.announcing import announce, announce_line
from consult.pairing import Available, Waiting, next_pair
from consult.timers import timer

State = Consultation.State
Heads = dict[line.Key, list[line.Head]]

UNRESTRICTED: dict[str, Any] = {"avoid": [], "reserved_for_id": None, "restricted_until": None}


@transaction.atomic(savepoint=False)
def pair_waiting() -> list[Happening]:
    """Start every consultation that can start now.

    Any process may call this at any time, several at once: the lock lets them in one by one. Call
    it in the transaction of the event that makes a match possible.
    """
    now = clock.take_turn()
    heads = line.heads(line.every_key())
    seats = line.roster(now, topics={topic for topic, _language in heads}) if heads else {}
    return _serve(heads, seats, now)


def anybody_left_waiting() -> bool:
    """Whether a pairing would start something now. A look without the lock: only a hint."""
    heads = line.heads(line.every_key())
    if not heads:
        return False
    seats = line.roster(clock.now(), topics={topic for topic, _language in heads})
    return next_pair(_waiting(heads), [seat.available for seat in seats.values()]) is not None


def pair(
    now: datetime,
    *,
    waits: Iterable[Consultation] = (),
    freed: Mapping[int, line.Seat] | None = None,
) -> list[Happening]:
    """Start what an event made possible: `waits` came into the line, `freed` got a seat free.

    Within a turn that began at `now`. Whoever waits in another line, or sits elsewhere, could not
    be paired before the event and cannot be after it.
    """
    keys = {(each.topic_id, each.language) for each in waits}
    seats = dict(freed or {})
    for seat in seats.values():
        able = seat.available
        keys |= {(topic, language) for topic in able.topics for language in able.languages}
    heads = line.heads(sorted(keys))
    newcomers = {each.topic_id for each in waits}
    if newcomers and heads:
        seats |= line.roster(now, topics=newcomers)
    return _serve(heads, seats, now)


def _serve(heads: Heads, seats: dict[int, line.Seat], now: datetime) -> list[Happening]:
    happened: list[Happening] = []
    served = False
    while found := next_pair(_waiting(heads), [seat.available for seat in seats.values()]):
        head = _taken_out(heads, found.consultation)
        told = _give(head, seats[found.counsellor], now)
        if told is not None:
            happened += told
            seats[found.counsellor] = seats[found.counsellor].with_one_more(now)
        _look_on(heads, seats, head.key)
        served = served or told is not None
    if served:
        announce_line()
    return happened


def _look_on(heads: Heads, seats: dict[int, line.Seat], key: line.Key) -> None:
    """Whoever comes next in this line, if the first is gone and somebody has room."""
    is_next_known = any(not head.is_restricted for head in heads[key])
    if not is_next_known and any(seat.could_take(key) for seat in seats.values()):
        heads |= {key: []} | line.heads([key])


def _waiting(heads: Heads) -> list[Waiting]:
    return [head.waiting for row in heads.values() for head in row]


def _taken_out(heads: Heads, consultation: UUID) -> line.Head:
    for row in heads.values():
        for head in row:
            if head.waiting.consultation == consultation:
                row.remove(head)
                return head
    raise LookupError(consultation)


def _give(head: line.Head, seat: line.Seat, now: datetime) -> list[Happening] | None:
    """Assign, or offer: who holds it, in which slot, and until when an offer stands.

    None when somebody else, who ended a conversation at this moment, was given it first.
    """
    chosen, taken = seat.available, settings.AUTO_ACCEPT
    holding = {
        "holder_id": chosen.counsellor,
        "slot": chosen.free_slot,
        "epoch": head.epoch + 1,
        "version": head.version + 1,
        **(taking(chosen.counsellor, now) if taken else _offering(head, now)),
    }
    if not rows.given(_given(head, chosen, now, taken=taken), holding):
        return None
    known = ("holder_id", "slot", "epoch", "version", "state")
    consultation = line.lean(head, **{name: holding[name] for name in known})
    announce(consultation)
    return [Happening(consultation, "joined", {"name": seat.names})] if taken else []


def _given(head: line.Head, chosen: Available, now: datetime, *, taken: bool) -> Assignment:
    return Assignment(
        consultation_id=head.waiting.consultation,
        counsellor_id=chosen.counsellor,
        epoch=head.epoch + 1,
        at=now,
        waited=now - head.waiting.arrived_at,
        load_before=chosen.load,
        capacity=chosen.in_force(head.waiting.topic),
        answer=Assignment.Answer.TAKEN if taken else "",
        is_first=taken and head.is_first,
    )


def taking(counsellor: int, now: datetime) -> dict[str, Any]:
    """What changes when `counsellor` has it and the talk begins, or goes on."""
    return {
        "state": State.ACTIVE,
        "last_holder_id": counsellor,
        "assigned_at": now,
        "awaiting": Consultation.Awaiting.COUNSELLOR,
        "awaiting_since": now,
        "offer_expires_at": None,
        "offers": 0,
        **UNRESTRICTED,
    }


def _offering(head: line.Head, now: datetime) -> dict[str, Any]:
    """Held, so that the seat is kept, but not begun. Who was asked before is still known."""
    return {
        "state": State.OFFERED,
        "offer_expires_at": now + timer("offer"),
        "offers": head.offers + 1,
    }


def put_back(
    consultation: Consultation,
    now: datetime,
    *,
    avoid: Iterable[int] = (),
    reserved_for: int | None = None,
) -> None:
    """Back into the line at the original arrival; the turn and the row are the caller's.

    The epoch is left as it is: the next assignment raises it, and until then nobody holds this.
    `avoid` are not given it, and `reserved_for` alone is, until the sweep lifts that.
    """
    former = consultation.holder_id
    passed_over = sorted(set(avoid))
    changed = {
        "state": State.WAITING,
        "holder_id": None,
        "slot": None,
        "hold_at": None,
        "hold_until": None,
        "offer_expires_at": None,
        "awaiting_since": now,
        "avoid": passed_over,
        "reserved_for_id": reserved_for,
        "restricted_until": _until(now, passed_over, reserved_for),
        "version": consultation.version + 1,
    }
    set_on(consultation, changed)
    announce(consultation, former)
    announce_line()


def _until(now: datetime, avoid: list[int], reserved_for: int | None) -> datetime | None:
    if reserved_for is not None:
        return now + timer("offer")
    return now + timer("avoid") if avoid else None


def set_on(consultation: Consultation, changed: dict[str, Any]) -> None:
    """These columns and no other, in the row and in what is in hand."""
    rows.write(rows.changed(consultation.pk, changed))
    keep(consultation, changed)


def keep(consultation: Consultation, changed: dict[str, Any]) -> None:
    """What is written into the row is so in hand as well."""
    for name, value in changed.items():
        setattr(consultation, name, value)


@transaction.atomic(savepoint=False)
def put_back_all(counsellor: User, code: str) -> list[Happening]:
    """Everything this person holds waits again, then whoever is free takes it."""
    now = clock.take_turn()
    held = list(Consultation.objects.held_by(counsellor).select_for_update().order_by("pk"))
    talked = [each for each in held if each.state == State.ACTIVE]
    for each in held:
        put_back(each, now, avoid=each.avoid)
    return [Happening(each, code) for each in talked] + pair(now, waits=held)
