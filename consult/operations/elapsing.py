"""What time alone makes happen: what is due, as deeds. Safe in every process, at any moment.

Nothing is remembered by the process that began a wait: what is due is read from the database, by
its clock, so a deadline comes although whoever set it has died. Who gets what became free is the
last step's question, for all of them at once.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import F, Q

from catalog.models import ServiceCard
from catalog.operations import out_of_date, repeat_what_is_in_force
from consult import clock
from consult.happenings import Happening
from consult.load import ON_HOLD_NOW
from consult.models import Assignment, Consultation, Duty
from consult.operations.access import forget_pins
from consult.operations.announcing import announce, announce_duty
from consult.operations.assigning import (
    UNRESTRICTED,
    anybody_left_waiting,
    pair_waiting,
    put_back,
    set_on,
)
from consult.operations.closing import close
from consult.operations.due import Deed, one_by_one
from consult.operations.duty import end_if_drained
from consult.operations.holding import end_hold
from consult.operations.noting import wrap_up_as_suggested
from consult.operations.offering import pass_on
from consult.operations.parking import park
from consult.timers import timer
from trust.operations import forget_attempts

Step = Callable[[datetime], list[Deed]]

State = Consultation.State
Awaiting = Consultation.Awaiting


def put_back_from_the_lost(now: datetime) -> list[Deed]:
    """A counsellor's lease lapsed and the grace is over: what they hold waits again."""

    def take_away(each: Consultation, now: datetime) -> list[Happening]:
        told = [Happening(each, "counsellor_lost")] if each.is_active else []
        put_back(each, now, avoid=each.avoid)
        return told

    grace, short = now - timer("lost_grace"), now - timer("lost_grace_unanswered")
    lapsed = Duty.objects.current().filter(lease_until__lt=short)
    due = Q(first_reply_at=None) | Q(
        holder__in=lapsed.filter(lease_until__lt=grace).values("counsellor")
    )
    stranded = Consultation.objects.held().filter(due, holder__in=lapsed.values("counsellor"))
    return one_by_one(stranded, take_away)


def end_lapsed_duties(now: datetime) -> list[Deed]:
    """A duty that nobody is behind any more, and that holds nothing, is over."""
    gone = Duty.objects.current().filter(
        lease_until__lt=now - timer("lost_grace"), counsellor__holding=None
    )

    def end(pk: int, counsellor: int) -> list[Happening]:
        now = clock.take_turn()
        if gone.filter(pk=pk).update(state=Duty.State.OFF, ended_at=now):
            announce_duty(counsellor)
        return []

    return [partial(end, *found) for found in gone.values_list("pk", "counsellor")]


def pass_on_unanswered_offers(now: datetime) -> list[Deed]:
    """Nobody said yes or no in time: to the next."""

    def lapse(each: Consultation, now: datetime) -> list[Happening]:
        return pass_on(each, Assignment.Answer.LAPSED, now)

    lapsed = Consultation.objects.filter(state=State.OFFERED, offer_expires_at__lt=now)
    return one_by_one(lapsed, lapse)


def lift_restrictions(now: datetime) -> list[Deed]:
    """A round of offers is over, or the colleague it waited for is gone or did not take it."""

    def lift(each: Consultation, now: datetime) -> list[Happening]:
        changed: dict[str, Any] = {**UNRESTRICTED, "version": each.version + 1}
        if each.reserved_for_id and each.avoid:
            changed |= {"avoid": each.avoid, "restricted_until": now + timer("avoid")}
        set_on(each, changed)
        announce(each)
        return []

    reachable = Duty.objects.pairable().values("counsellor")
    gone = Q(reserved_for__isnull=False) & ~Q(reserved_for__in=reachable)
    over = Consultation.objects.filter(
        Q(restricted_until__lt=now) | gone, state=State.WAITING, restricted_until__isnull=False
    )
    return one_by_one(over, lift)


def count_late_first_replies(now: datetime) -> list[Deed]:
    """The first reply missed its target: written down where the figures look for it."""
    unanswered = Consultation.objects.filter(
        _not_on_hold(), assigned_at__lt=now - timer("first_reply_target"), **_UNANSWERED
    )
    log = Assignment.objects.filter(
        consultation__in=list(unanswered.values_list("pk", flat=True)), late_reply=False
    )
    uncounted = list(log.filter(epoch=F("consultation__epoch")).values_list("pk", flat=True))

    def count() -> list[Happening]:
        Assignment.objects.filter(pk__in=uncounted).update(late_reply=True)
        return []

    return [count] if uncounted else []


def nudge_the_silent(now: datetime) -> list[Deed]:
    """The counsellor owes an answer for too long: they are told, later their supervisors; once."""
    silences = {"nudged_at": "counsellor_silent_nudge"}
    silences |= {"supervisors_told_at": "counsellor_silent_supervisor"}
    deeds: list[Deed] = []
    for column, patience in silences.items():
        untold = Q(**{column: None}) | Q(**{f"{column}__lt": F("awaiting_since")})
        silent = Consultation.objects.filter(
            untold,
            _not_on_hold(),
            state=State.ACTIVE,
            awaiting=Awaiting.COUNSELLOR,
            awaiting_since__lt=now - timer(patience),
        )
        deeds += one_by_one(silent, _telling(column))
    return deeds


def _telling(column: str) -> Callable[[Consultation, datetime], list[Happening]]:
    def tell(each: Consultation, now: datetime) -> list[Happening]:
        set_on(each, {column: now, "version": each.version + 1})
        announce(each)
        return []

    return tell


def offer_the_unanswered_again(now: datetime) -> list[Deed]:
    """No first reply at all: back at the original arrival, and to somebody else."""

    def take_away(each: Consultation, now: datetime) -> list[Happening]:
        former = each.holder_id
        assert former is not None
        put_back(each, now, avoid=[former])
        end_if_drained(former, now)
        return [Happening(each, "no_reply")]

    unanswered = Consultation.objects.filter(
        _not_on_hold(), assigned_at__lt=now - timer("first_reply_again"), **_UNANSWERED
    )
    return one_by_one(unanswered, take_away)


# In this holding the counsellor has said nothing yet.
_UNANSWERED = {
    "state": State.ACTIVE,
    "awaiting": Awaiting.COUNSELLOR,
    "awaiting_since__lte": F("assigned_at"),
}


def _not_on_hold() -> Q:
    return Q(hold_until=None) | ~ON_HOLD_NOW


def end_holds(now: datetime) -> list[Deed]:
    """The time that the counsellor asked for is over, or they have said something since."""

    def end(each: Consultation, now: datetime) -> list[Happening]:
        end_hold(each, now)
        return []

    spoken = Q(awaiting=Awaiting.CITIZEN) | Q(awaiting_since__gt=F("hold_at"))
    over = Consultation.objects.filter(
        spoken | Q(hold_until__lt=now), state=State.ACTIVE, hold_until__isnull=False
    )
    return one_by_one(over, end)


def notice_silence(now: datetime) -> list[Deed]:
    """Remind a citizen who has not answered for a while."""

    def remind(each: Consultation, now: datetime) -> list[Happening]:
        set_on(each, {"silence_noticed_at": now})
        return [Happening(each, "silence")]

    silent = Consultation.objects.filter(
        state=State.ACTIVE,
        awaiting=Awaiting.CITIZEN,
        awaiting_since__lt=now - timer("citizen_notice"),
        silence_noticed_at=None,
    )
    return one_by_one(silent, remind)


def park_the_silent(now: datetime) -> list[Deed]:
    """The citizen fell silent: the seat is free again, the conversation stays open."""
    silent = Consultation.objects.filter(
        state=State.ACTIVE,
        awaiting=Awaiting.CITIZEN,
        awaiting_since__lt=now - timer("citizen_park"),
    )
    return one_by_one(silent, park)


def close_the_parked(now: datetime) -> list[Deed]:
    """Parked for too long: it ends, with a line that says how to come back."""
    parked = Consultation.objects.filter(
        state=State.PARKED, awaiting_since__lt=now - timer("citizen_close")
    )
    return one_by_one(parked, _closing(Consultation.CloseReason.TIMED_OUT))


def close_the_abandoned(now: datetime) -> list[Deed]:
    """Nobody has looked at the waiting page for so long that the place is given up."""
    since = now - timer("waiting_gone")
    gone = Consultation.objects.filter(
        state=State.WAITING, citizen_seen_at__lt=since, awaiting_since__lt=since
    )
    return one_by_one(gone, _closing(Consultation.CloseReason.ABANDONED))


def _closing(
    reason: Consultation.CloseReason,
) -> Callable[[Consultation, datetime], list[Happening]]:
    return lambda each, _now: close(consultation=each, reason=reason)


def wrap_up_the_overdue(now: datetime) -> list[Deed]:
    """The time for the note is over: the suggested outcome stands, marked as such."""

    def suggest(each: Consultation, now: datetime) -> list[Happening]:
        del now
        wrap_up_as_suggested(each)
        return []

    overdue = Consultation.objects.closed().filter(wrapped_up_at=None, wrap_up_due_at__lt=now)
    return one_by_one(overdue, suggest)


def forget_what_is_over(now: datetime) -> list[Deed]:
    """PINs of visits that ended, and tries that no limit counts any more."""

    def forget() -> list[Happening]:
        forget_pins()
        forget_attempts()
        return []

    return [forget] if now.second < 2 else []  # Once a minute is enough.


def serve_the_waiting(now: datetime) -> list[Deed]:
    """The net below the events: nobody waits while somebody suitable is free."""
    del now
    return [pair_waiting] if anybody_left_waiting() else []


def bring_editions_into_force(now: datetime) -> list[Deed]:
    """An edition of a card begins today, or is over: lists and routing say what applies."""

    def repeat(card: ServiceCard) -> list[Happening]:
        repeat_what_is_in_force(card=card)
        return []

    return [partial(repeat, card) for card in out_of_date()]


STEPS = (
    put_back_from_the_lost,
    end_lapsed_duties,
    pass_on_unanswered_offers,
    lift_restrictions,
    end_holds,
    count_late_first_replies,
    nudge_the_silent,
    offer_the_unanswered_again,
    notice_silence,
    park_the_silent,
    close_the_parked,
    close_the_abandoned,
    wrap_up_the_overdue,
    forget_what_is_over,
    bring_editions_into_force,
)
"""In order. Beside them, and after them, `serve_the_waiting`."""
