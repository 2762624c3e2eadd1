"""First replies, silent counsellors and holds: who is told what, when, and how often."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from agency.models import Topic
from chat.operations import end, hand_over, hold, leave_duty, resume
from consult.load import load_of
from consult.models import Assignment, Citizen, Consultation, Duty
from consult.operations.noting import extend_wrap_up
from consult.operations.transferring import Handover
from consult.timers import timer
from oversight.board import board_of
from tests.clock import sweep_once
from tests.consult.test_time import ago, lines, says
from tests.people import Asking, GoingOnDuty, browser_of

pytestmark = pytest.mark.django_db

State = Consultation.State


def time_passes(seconds: float, consultation: Consultation) -> None:
    """For this consultation alone; then the clock looks once."""
    row = Consultation.objects.filter(pk=consultation.pk)
    span = timedelta(seconds=seconds)
    stamps = ["assigned_at", "awaiting_since", "hold_at", "hold_until", "nudged_at"]
    stamps += ["supervisors_told_at", "wrap_up_due_at", "closed_at"]
    fresh = row.get()
    row.update(
        **{each: getattr(fresh, each) - span for each in stamps if getattr(fresh, each) is not None}
    )
    sweep_once()
    consultation.refresh_from_db()


def stands(talk: Consultation) -> tuple[bool, User | None]:
    """Whether the holder was nudged, and who that is."""
    return talk.is_nudged, talk.holder


def on_hold(talk: Consultation, oscar: User, minutes: int = 5) -> None:
    hold(consultation=talk, counsellor=oscar, epoch=talk.epoch, reason="looking", minutes=minutes)
    talk.refresh_from_db()


def test_a_late_first_reply_is_counted_nudged_and_then_given_to_somebody_else(
    oscar: User, olga: User, talk: Consultation, on_duty: GoingOnDuty
) -> None:
    arrived = talk.arrived_at
    on_duty(olga)
    time_passes(50, talk)
    assert not Assignment.objects.get().late_reply

    time_passes(20, talk)
    assert Assignment.objects.get().late_reply
    assert stands(talk) == (False, oscar)

    time_passes(60, talk)
    assert stands(talk) == (True, oscar)

    time_passes(60, talk)
    assert stands(talk) == (False, olga)
    assert (talk.arrived_at, load_of(oscar.pk)) == (arrived, 0)
    assert lines(talk) == ["joined", "no_reply", "joined"]


def test_the_only_counsellor_gets_it_back_after_a_pause(oscar: User, talk: Consultation) -> None:
    time_passes(timer("first_reply_again").total_seconds() + 1, talk)
    assert talk.state == State.WAITING

    Consultation.objects.update(restricted_until=timezone.now())
    sweep_once()

    talk.refresh_from_db()
    assert (talk.holder, talk.avoid) == (oscar, [])


def test_a_silence_is_told_once_to_each(
    alice: Citizen, oscar: User, sara: User, talk: Consultation
) -> None:
    says(talk, oscar)
    says(talk, alice)
    time_passes(130, talk)
    first = talk.nudged_at
    assert first is not None
    sweep_once()
    talk.refresh_from_db()
    assert (talk.nudged_at, talk.supervisors_told_at) == (first, None)
    assert [each.level for each in board_of(sara).dangers] == ["warn"]

    time_passes(200, talk)
    assert talk.supervisors_told_at is not None
    assert [each.level for each in board_of(sara).dangers] == ["bad"]
    assert talk.holder == oscar  # Answered once: it stays.

    says(talk, oscar, n=2)
    says(talk, alice, n=2)
    talk.refresh_from_db()
    assert not talk.is_nudged


def test_a_hold_is_said_covered_and_counts_a_quarter(
    alice: Citizen, oscar: User, talk: Consultation
) -> None:
    hold(
        consultation=talk,
        counsellor=oscar,
        epoch=talk.epoch,
        reason="کد ملی 0013542419",
        minutes=10,
    )

    talk.refresh_from_db()
    assert talk.is_on_hold
    assert load_of(oscar.pk) == 0.25
    told = talk.messages.get(text="on_hold")
    assert told.params["minutes"] == 10
    assert "0013542419" not in str(told.params) + talk.hold_reason
    page = browser_of(alice).get(talk.get_absolute_url()).content.decode()
    assert talk.hold_reason in page


def test_nobody_is_called_silent_or_late_while_on_hold(
    oscar: User, sara: User, talk: Consultation
) -> None:
    on_hold(talk, oscar, minutes=30)

    time_passes(1_000, talk)

    assert stands(talk) == (False, oscar)
    assert talk.is_on_hold
    assert not Assignment.objects.get().late_reply
    assert board_of(sara).dangers == []


@pytest.mark.parametrize("way", ["time", "a message", "a click"])
def test_a_hold_ends(alice: Citizen, oscar: User, talk: Consultation, way: str) -> None:
    on_hold(talk, oscar)
    if way == "time":
        time_passes(301, talk)
    elif way == "a message":
        says(talk, oscar)
        says(talk, alice)
        assert load_of(oscar.pk) == 1
        sweep_once()
    else:
        resume(consultation=talk, counsellor=oscar, epoch=talk.epoch)

    talk.refresh_from_db()
    assert (talk.hold_until, talk.is_on_hold, load_of(oscar.pk)) == (None, False, 1)


def test_a_hold_makes_room_at_once(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar, capacity=2)
    first, second = asks(alice), asks(alice)
    waiting = asks(alice)
    assert waiting.holder is None

    on_hold(first, oscar)
    on_hold(second, oscar)

    waiting.refresh_from_db()
    assert stands(waiting) == (False, oscar)
    assert waiting.slot == 3


def test_at_most_twice_the_capacity_is_ever_held(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar, capacity=2)
    for _ in range(6):
        held = asks(alice)
        if held.holder is not None:
            on_hold(held, oscar)

    held_now = Consultation.objects.held()
    assert set(held_now.values_list("slot", flat=True)) == {1, 2, 3, 4}


def test_who_comes_back_late_is_refused_everywhere(
    oscar: User, olga: User, topic: Topic, talk: Consultation, on_duty: GoingOnDuty
) -> None:
    stale = talk.epoch
    on_duty(olga)
    leave_duty(counsellor=oscar)
    on_duty(oscar)
    leave_duty(counsellor=olga)
    talk.refresh_from_db()
    assert (talk.holder, talk.epoch) == (oscar, 3)  # Theirs again: but another holding.

    known: dict[str, Any] = {"consultation": talk, "counsellor": oscar, "epoch": stale}
    acts: list[Callable[[], object]] = [
        lambda: hold(reason="x", minutes=5, **known),
        lambda: resume(**known),
        lambda: hand_over(handover=Handover(topic, "x"), **known),
        lambda: end(consultation=talk, reason=Consultation.CloseReason.ANSWERED, epoch=stale),
        lambda: extend_wrap_up(consultation=talk, counsellor=olga),
    ]
    for act in acts:
        with pytest.raises(ValidationError):
            act()


def test_the_note_may_take_two_minutes_more_once(oscar: User, talk: Consultation) -> None:
    end(consultation=talk, reason=Consultation.CloseReason.ANSWERED)
    browser = browser_of(oscar)
    more = f"/staff/consultations/{talk.pk}/wrap-up/more/"
    assert more in browser.get(f"/staff/console/{talk.pk}/").content.decode()
    browser.post(more)
    time_passes(70, talk)
    assert talk.wrapped_up_at is None
    assert more not in browser.get(f"/staff/console/{talk.pk}/").content.decode()

    with pytest.raises(ValidationError):
        extend_wrap_up(consultation=talk, counsellor=oscar)
    time_passes(120, talk)
    assert talk.wrap_up_suggested


def test_a_colleague_is_waited_for_and_then_everybody_may_take_it(
    oscar: User, olga: User, topic: Topic, talk: Consultation, on_duty: GoingOnDuty, settings: Any
) -> None:
    on_duty(olga)
    hand_over(consultation=talk, handover=Handover(topic, "s", olga), counsellor=oscar)
    talk.refresh_from_db()
    assert (talk.holder, talk.summary) == (olga, "s")

    settings.AUTO_ACCEPT = False
    hand_over(consultation=talk, handover=Handover(topic, "back", oscar), counsellor=olga)
    talk.refresh_from_db()
    assert (talk.state, talk.holder) == (State.OFFERED, oscar)


def test_a_colleague_who_goes_away_is_not_waited_for(
    oscar: User, olga: User, topic: Topic, talk: Consultation, on_duty: GoingOnDuty
) -> None:
    on_duty(olga)
    Consultation.objects.update(
        state=State.WAITING,
        holder=None,
        slot=None,
        reserved_for=olga,
        restricted_until=timezone.now() + timedelta(minutes=1),
    )
    Duty.objects.filter(counsellor=olga).update(lease_until=ago("lease"))

    sweep_once()

    talk.refresh_from_db()
    assert (talk.holder, talk.reserved_for) == (oscar, None)


@pytest.mark.parametrize("hindrance", ["break", "full", "off", "lost", "another topic"])
def test_who_cannot_take_it_cannot_be_chosen(
    mallet: Citizen,
    oscar: User,
    olga: User,
    topic: Topic,
    general: Topic,
    talk: Consultation,
    asks: Asking,
    on_duty: GoingOnDuty,
    hindrance: str,
) -> None:
    on_duty(olga, capacity=1, topics=[general] if hindrance == "another topic" else None)
    hers = Duty.objects.filter(counsellor=olga)
    if hindrance == "break":
        hers.update(state=Duty.State.BREAK)
    elif hindrance == "full":
        assert asks(mallet).holder == olga
    elif hindrance == "off":
        leave_duty(counsellor=olga)
    elif hindrance == "lost":
        hers.update(lease_until=ago("lease"))

    with pytest.raises(ValidationError) as refused:
        hand_over(consultation=talk, handover=Handover(topic, "s", olga), counsellor=oscar)

    talk.refresh_from_db()
    assert (refused.value.code, talk.holder) == ("not_able", oscar)
