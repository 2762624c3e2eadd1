"""What time alone makes happen. Each is safe to run in every process, at any moment."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from consult.happenings import Happening
from consult.models import Consultation, Duty
from consult.operations.access import forget_pins
from consult.operations.announcing import announce, announce_duty
from consult.operations.assigning import pair_waiting, put_back
from consult.operations.closing import close, wrap_up_as_suggested
from consult.operations.duty import end_if_drained
from consult.timers import timer
from trust import locks
from trust.operations import forget_attempts

State = Consultation.State
Awaiting = Consultation.Awaiting
BATCH = 100


def put_back_from_the_lost(now: datetime) -> list[Happening]:
    """A counsellor's lease lapsed and the grace is over: what they hold waits again."""
    grace, short = now - timer("lost_grace"), now - timer("lost_grace_unanswered")
    lapsed = Duty.objects.current().filter(lease_until__lt=short)
    due = Q(first_reply_at=None) | Q(
        holder__in=lapsed.filter(lease_until__lt=grace).values("counsellor")
    )
    stranded = Consultation.objects.held().filter(due, holder__in=lapsed.values("counsellor"))
    happened = _each(stranded, lambda each: [put_back(each, "counsellor_lost")])
    _end_lapsed_duties(grace)
    return happened


def _end_lapsed_duties(grace: datetime) -> None:
    """A duty that nobody is behind any more, and that holds nothing, is over."""
    gone = Duty.objects.current().filter(lease_until__lt=grace, counsellor__holding=None)
    for duty in gone.select_related("counsellor"):
        Duty.objects.filter(pk=duty.pk, ended_at=None).update(
            state=Duty.State.OFF, ended_at=timezone.now()
        )
        announce_duty(duty.counsellor)


def notice_silence(now: datetime) -> list[Happening]:
    """Remind a citizen who has not answered for a while."""

    def remind(each: Consultation) -> list[Happening]:
        each.silence_noticed_at = now
        each.save(update_fields=["silence_noticed_at"])
        return [Happening(each, "silence")]

    silent = Consultation.objects.filter(
        state=State.ACTIVE,
        awaiting=Awaiting.CITIZEN,
        awaiting_since__lt=now - timer("citizen_notice"),
        silence_noticed_at=None,
    )
    return _each(silent, remind)


def park_the_silent(now: datetime) -> list[Happening]:
    """The citizen fell silent: the seat is free again, the conversation stays open."""

    def park(each: Consultation) -> list[Happening]:
        former = each.holder
        each.state = State.PARKED
        each.holder = each.slot = each.hold_until = None
        each.version += 1
        each.save()
        announce(each, each.last_holder_id)
        if former is not None:
            end_if_drained(former)
        return [Happening(each, "parked")]

    silent = Consultation.objects.filter(
        state=State.ACTIVE,
        awaiting=Awaiting.CITIZEN,
        awaiting_since__lt=now - timer("citizen_park"),
    )
    return _each(silent, park)


def close_the_parked(now: datetime) -> list[Happening]:
    """Parked for too long: it ends, with a line that says how to come back."""
    parked = Consultation.objects.filter(
        state=State.PARKED, awaiting_since__lt=now - timer("citizen_close")
    )
    reason = Consultation.CloseReason.TIMED_OUT
    return _each(parked, lambda each: close(consultation=each, reason=reason))


def close_the_abandoned(now: datetime) -> list[Happening]:
    """Nobody has looked at the waiting page for so long that the place is given up."""
    since = now - timer("waiting_gone")
    gone = Consultation.objects.filter(
        state=State.WAITING, citizen_seen_at__lt=since, awaiting_since__lt=since
    )
    reason = Consultation.CloseReason.ABANDONED
    return _each(gone, lambda each: close(consultation=each, reason=reason))


def wrap_up_the_overdue(now: datetime) -> list[Happening]:
    """The time for the note is over: the suggested outcome stands, marked as such."""
    overdue = Consultation.objects.closed().filter(wrapped_up_at=None, wrap_up_due_at__lt=now)
    return _each(overdue, wrap_up_as_suggested)


def forget_what_is_over(now: datetime) -> list[Happening]:
    """PINs of visits that ended, and tries that no limit counts any more."""
    if now.second < 2:  # Once a minute is enough.
        forget_pins()
        forget_attempts()
    return []


def serve_the_waiting(now: datetime) -> list[Happening]:
    """The net below the events: nobody waits while somebody suitable is free."""
    del now
    return pair_waiting() if Consultation.objects.waiting().exists() else []


STEPS = (
    put_back_from_the_lost,
    notice_silence,
    park_the_silent,
    close_the_parked,
    close_the_abandoned,
    wrap_up_the_overdue,
    forget_what_is_over,
    serve_the_waiting,
)


@transaction.atomic
def bring_back(*, consultation: Consultation) -> list[Happening]:
    """A parked citizen spoke again: waiting, at the original arrival, so near the head."""
    locks.take(locks.PAIRING)
    parked = Consultation.objects.select_for_update(of=("self",)).filter(
        pk=consultation.pk, state=State.PARKED
    )
    happened = [put_back(each, "came_back") for each in parked]
    return happened + pair_waiting()


def _each(
    due: QuerySet[Consultation], act: Callable[[Consultation], list[Happening]]
) -> list[Happening]:
    """Look first without a lock; then lock what is due, one by one, and act if it still is."""
    happened = []
    for pk in list(due.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            locks.take(locks.PAIRING)
            still = due.filter(pk=pk).select_for_update(of=("self",)).first()
            happened += act(still) if still else []
    return happened
