"""Going on duty, pausing, finishing, leaving: nobody is ever stranded by it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from agency.models import Topic
from chat.operations import come_back, end, hand_over, leave_duty, start_duty
from consult.models import Citizen, Consultation, Duty
from consult.operations import duty
from consult.operations.transferring import Handover
from consult.queries import duty_of
from consult.timers import timer
from tests.clock import sweep_once
from tests.people import Asking, GoingOnDuty

pytestmark = pytest.mark.django_db

Reason = Consultation.CloseReason


def state_of(counsellor: User) -> str:
    view = duty_of(counsellor)
    return view.state if view else "off"


def test_a_break_keeps_what_is_held_and_brings_nothing_new(
    alice: Citizen, oscar: User, talk: Consultation, asks: Asking
) -> None:
    duty.take_break(counsellor=oscar, reason="tea")
    waiting = asks(alice)

    talk.refresh_from_db()
    assert (talk.holder, waiting.holder, state_of(oscar)) == (oscar, None, "break")

    come_back(counsellor=oscar)

    waiting.refresh_from_db()
    assert (waiting.holder, state_of(oscar)) == (oscar, "available")


def test_finishing_ends_by_itself_with_the_last_conversation(
    alice: Citizen, oscar: User, talk: Consultation, asks: Asking
) -> None:
    second = asks(alice)
    duty.drain(counsellor=oscar)
    waiting = asks(alice)
    assert (waiting.holder, state_of(oscar)) == (None, "draining")

    end(consultation=talk, reason=Reason.ANSWERED)
    assert state_of(oscar) == "draining"

    end(consultation=second, reason=Reason.ANSWERED)
    assert state_of(oscar) == "off"
    waiting.refresh_from_db()
    assert waiting.holder is None


def test_finishing_with_nothing_held_is_leaving(oscar: User, on_duty: GoingOnDuty) -> None:
    on_duty(oscar)

    duty.drain(counsellor=oscar)

    assert state_of(oscar) == "off"


@pytest.mark.parametrize("way", ["transferred", "parked"])
def test_finishing_ends_however_the_last_conversation_goes(
    oscar: User, topic: Topic, talk: Consultation, way: str
) -> None:
    duty.drain(counsellor=oscar)

    if way == "transferred":
        hand_over(consultation=talk, handover=Handover(topic, "x"), counsellor=oscar)
    else:
        Consultation.objects.update(
            awaiting="citizen",
            awaiting_since=timezone.now() - timer("citizen_park") - timedelta(seconds=1),
        )
        sweep_once()

    assert state_of(oscar) == "off"


def test_leaving_puts_everything_back_at_its_first_arrival_and_says_so(
    alice: Citizen, oscar: User, olga: User, talk: Consultation, asks: Asking, on_duty: GoingOnDuty
) -> None:
    second = asks(alice)
    arrived = [talk.arrived_at, second.arrived_at]
    on_duty(olga, capacity=1)

    leave_duty(counsellor=oscar)

    for each in (talk, second):
        each.refresh_from_db()
    assert [talk.arrived_at, second.arrived_at] == arrived
    assert (talk.holder, second.state) == (olga, Consultation.State.WAITING)
    assert state_of(oscar) == "off"
    told = second.messages.filter(role="system").order_by("seq")
    assert [each.text for each in told] == ["joined", "put_back"]


def test_who_is_off_duty_can_neither_pause_nor_finish_nor_leave(oscar: User) -> None:
    acts: list[Callable[[], Any]] = [
        lambda: duty.take_break(counsellor=oscar, reason=""),
        lambda: duty.drain(counsellor=oscar),
        lambda: leave_duty(counsellor=oscar),
        lambda: come_back(counsellor=oscar),
    ]
    for act in acts:
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.code == "off_duty"


def test_duty_is_for_something(oscar: User, topic: Topic) -> None:
    for topics, languages in (([], ["fa"]), ([topic], [])):
        with pytest.raises(ValidationError):
            start_duty(counsellor=oscar, capacity=4, topics=topics, languages=languages)
    assert not Duty.objects.exists()


def test_starting_twice_changes_the_terms_of_the_one_duty(
    oscar: User, talk: Consultation, topic: Topic
) -> None:
    start_duty(counsellor=oscar, topics=[topic], languages=["en", "en"], capacity=2)

    now = Duty.objects.get()
    assert (now.languages, now.capacity, now.state) == (["en"], 2, Duty.State.AVAILABLE)


def test_lowering_the_capacity_takes_nothing_away(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar, capacity=3)
    held = [asks(alice) for _ in range(3)]

    on_duty(oscar, capacity=1)

    for each in held:
        each.refresh_from_db()
    assert [each.holder for each in held] == [oscar] * 3
    assert state_of(oscar) == "full"
    assert asks(alice).holder is None


def test_lost_and_full_are_derived(oscar: User, talk: Consultation, on_duty: GoingOnDuty) -> None:
    on_duty(oscar, capacity=1)
    assert state_of(oscar) == "full"

    Duty.objects.update(lease_until=timezone.now())

    assert state_of(oscar) == "lost"


def test_why_somebody_pauses_is_cleaned_and_covered(oscar: User, talk: Consultation) -> None:
    duty.take_break(counsellor=oscar, reason="\x00کد ملی 0013542419")

    reason = Duty.objects.get().break_reason
    assert reason.startswith("کد ملی")
    assert "0013542419" not in reason


def test_the_reason_of_a_break_is_in_the_readers_language(
    oscar: User, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    duty.take_break(counsellor=oscar, reason="meal")

    read = Duty.objects.get()
    with override("en"):
        assert read.break_words == "Meal"
    assert read.break_words != "Meal"

    duty.take_break(counsellor=oscar, reason="the dentist")
    assert Duty.objects.get().break_words == "the dentist"
