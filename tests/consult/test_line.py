"""The waiting line in the database, and who is served from it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from agency.models import Topic, Unit
from chat.operations import end, hand_over, start_duty
from consult import line
from consult.load import load_of
from consult.models import Assignment, Citizen, Consultation, Duty
from consult.operations.assigning import pair_waiting
from consult.operations.transferring import Handover
from consult.queries import place_of, reach
from consult.waits import ENOUGH
from tests.people import Asking, GoingOnDuty

pytestmark = pytest.mark.django_db

State = Consultation.State


def holders(*consultations: Consultation) -> list[str | None]:
    for each in consultations:
        each.refresh_from_db()
    return [each.holder.username if each.holder else None for each in consultations]


def test_a_question_is_paired_at_once_when_somebody_is_free(
    oscar: User, talk: Consultation
) -> None:
    assert (talk.state, talk.holder, talk.slot, talk.epoch) == (State.ACTIVE, oscar, 1, 1)
    assert [each.text for each in talk.messages.filter(role="system")] == ["joined"]
    assigned = Assignment.objects.get()
    assert (assigned.counsellor, assigned.load_before, assigned.capacity) == (oscar, 0, 4)


def test_a_question_waits_when_nobody_is_there(alice: Citizen, asks: Asking) -> None:
    waiting = asks(alice)

    assert (waiting.state, waiting.holder, waiting.epoch) == (State.WAITING, None, 0)
    assert place_of(waiting).number == 1


def test_who_goes_on_duty_is_given_the_line_in_order(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    first, second, third = asks(alice), asks(alice), asks(alice, vulnerable=True)
    assert [place_of(each).number for each in (first, second, third)] == [2, 3, 1]

    on_duty(oscar, capacity=2)

    assert holders(first, second, third) == ["oscar", None, "oscar"]
    assert place_of(second).number == 1


def test_capacity_is_never_passed_and_a_freed_place_is_filled_at_once(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar, capacity=1)
    first, second = asks(alice), asks(alice)
    assert holders(first, second) == ["oscar", None]

    end(consultation=first, reason=Consultation.CloseReason.ANSWERED)

    assert holders(first, second) == [None, "oscar"]


def test_a_topic_may_allow_less_than_the_counsellor(
    alice: Citizen, oscar: User, topic: Topic, asks: Asking, on_duty: GoingOnDuty
) -> None:
    Topic.objects.update(capacity=1)
    on_duty(oscar, capacity=4)

    assert holders(asks(alice), asks(alice)) == ["oscar", None]


def test_whoever_waits_for_the_citizen_has_room_for_another(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar, capacity=2)
    first, second, third = asks(alice), asks(alice), asks(alice)
    assert holders(third) == [None]

    Consultation.objects.filter(pk__in=[first.pk, second.pk]).update(awaiting="citizen")
    pair_waiting()

    assert holders(first, second, third) == ["oscar"] * 3
    assert set(Consultation.objects.held().values_list("slot", flat=True)) == {1, 2, 3}
    assert load_of(oscar.pk) == 2


def test_slots_that_were_freed_are_used_again(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    held = [asks(alice) for _ in range(3)]
    end(consultation=held[0], reason=Consultation.CloseReason.ANSWERED)

    assert asks(alice).slot == 1


def test_somebody_with_another_language_or_topic_is_not_called(
    alice: Citizen, oscar: User, topic: Topic, general: Topic, asks: Asking
) -> None:
    start_duty(counsellor=oscar, topics=[topic], languages=["fa"], capacity=4)

    assert holders(asks(alice, language="en"), asks(alice, topic=general), asks(alice)) == [
        None,
        None,
        "oscar",
    ]


@pytest.mark.parametrize(
    "hindrance",
    [
        {"state": Duty.State.BREAK},
        {"state": Duty.State.DRAINING},
        {"lease_until": timezone.now() - timedelta(seconds=1)},
        {"state": Duty.State.OFF, "ended_at": timezone.now()},
    ],
    ids=["break", "draining", "lost", "off"],
)
def test_who_cannot_be_reached_is_not_called(
    alice: Citizen,
    oscar: User,
    asks: Asking,
    on_duty: GoingOnDuty,
    hindrance: dict[str, object],
) -> None:
    on_duty(oscar)
    Duty.objects.update(**hindrance)

    assert holders(asks(alice)) == [None]


def test_the_counsellor_of_yesterday_is_called_first(
    alice: Citizen, mallet: Citizen, oscar: User, olga: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    end(consultation=asks(alice), reason=Consultation.CloseReason.ANSWERED)
    on_duty(olga)
    assert holders(asks(mallet)) == ["olga"]  # The longest idle.
    assert holders(asks(mallet)) == ["olga"]  # Now known to this citizen.

    assert holders(asks(alice)) == ["oscar"]


def test_a_transfer_does_not_come_straight_back_and_keeps_its_place(
    alice: Citizen, oscar: User, olga: User, topic: Topic, talk: Consultation, on_duty: GoingOnDuty
) -> None:
    arrived = talk.arrived_at
    hand_over(consultation=talk, handover=Handover(topic, "کد ملی 0013542419"), counsellor=oscar)
    pair_waiting()
    assert holders(talk) == [None]

    on_duty(olga)

    assert holders(talk) == ["olga"]
    assert (talk.arrived_at, talk.epoch) == (arrived, 2)
    assert "0013542419" not in talk.summary


def test_two_handed_over_crosswise_are_both_served(
    alice: Citizen, oscar: User, olga: User, topic: Topic, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar, capacity=1)
    from_oscar = asks(alice)
    on_duty(olga, capacity=1)
    from_olga = asks(alice)
    assert holders(from_oscar, from_olga) == ["oscar", "olga"]
    later = asks(alice)
    Duty.objects.update(state=Duty.State.BREAK)
    hand_over(consultation=from_oscar, handover=Handover(topic, "x"), counsellor=oscar)
    hand_over(consultation=from_olga, handover=Handover(topic, "x"), counsellor=olga)

    Duty.objects.filter(counsellor=oscar).update(state=Duty.State.AVAILABLE)
    pair_waiting()

    assert holders(from_oscar, from_olga, later) == [None, "oscar", None]

    Duty.objects.filter(counsellor=olga).update(state=Duty.State.AVAILABLE)
    pair_waiting()

    assert holders(from_oscar, from_olga, later) == ["olga", "oscar", None]


def test_whoever_is_not_for_this_counsellor_hides_nobody_behind_them(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    handed, *others = [asks(alice) for _ in range(3)]
    soon = timezone.now() + timedelta(minutes=1)
    Consultation.objects.filter(pk=handed.pk).update(avoid=[oscar.pk], restricted_until=soon)

    on_duty(oscar, capacity=2)

    assert holders(handed, *others) == [None, "oscar", "oscar"]


def test_the_heads_are_those_whom_the_whole_line_would_give(
    alice: Citizen, oscar: User, topic: Topic, asks: Asking
) -> None:
    handed = [asks(alice) for _ in range(3)]
    Consultation.objects.update(avoid=[oscar.pk], restricted_until=timezone.now())
    fresh = asks(alice)

    found = line.heads([(topic.pk, "fa")])[topic.pk, "fa"]

    assert {each.waiting.consultation for each in found} == {fresh.pk, *(e.pk for e in handed)}


def test_waits_are_told_only_when_there_are_enough_of_them(
    alice: Citizen, oscar: User, topic: Topic, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar, capacity=10)
    Topic.objects.update(capacity=10)
    for _ in range(ENOUGH - 1):
        asks(alice)
    assert reach(topic, "fa").wait is None

    asks(alice)
    Assignment.objects.update(waited=timedelta(seconds=90))

    found = reach(topic, "fa").wait
    assert found is not None
    assert (found.low, found.high) == (90, 3600 / ENOUGH)


def test_reach_says_who_could_answer_what(
    alice: Citizen, oscar: User, topic: Topic, general: Topic, welfare: Unit, on_duty: GoingOnDuty
) -> None:
    assert not reach().live

    on_duty(oscar)

    assert reach().live
    assert reach(topic, "en").live
    assert not reach(topic, "ar").live
    assert not reach(general, "fa").live


def test_who_pauses_finishes_or_is_lost_reaches_nobody(
    alice: Citizen, oscar: User, topic: Topic, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    hindrances: list[dict[str, object]] = [
        {"state": Duty.State.BREAK},
        {"state": Duty.State.DRAINING},
        {"state": Duty.State.AVAILABLE, "lease_until": timezone.now()},
    ]
    for hindrance in hindrances:
        Duty.objects.update(**hindrance)
        assert not reach(topic, "fa").live
        assert place_of(asks(alice)).wait is None


def test_the_load_is_reckoned_the_same_in_both_ways_of_asking(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar, capacity=8)
    Topic.objects.update(capacity=8)
    held = [asks(alice) for _ in range(4)]
    now = timezone.now()
    changes: list[dict[str, object]] = [
        {"awaiting": "citizen"},
        {"hold_at": now, "hold_until": now + timedelta(minutes=1), "awaiting_since": now},
        {"hold_at": now, "hold_until": now, "awaiting_since": now},
        {"state": State.OFFERED, "offer_expires_at": now, "awaiting": "citizen"},
    ]
    for each, change in zip(held, changes, strict=True):
        Consultation.objects.filter(pk=each.pk).update(**change)

    [seat] = line.roster(timezone.now()).values()

    assert seat.available.load == load_of(oscar.pk) == 0.5 + 0.25 + 1 + 1
    assert seat.available.slots == 0b11110
