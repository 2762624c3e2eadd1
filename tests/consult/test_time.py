"""What time alone makes happen: lost counsellors, silent citizens, forgotten notes."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from chat.operations import end, post
from chat.posts import Post
from consult.models import Access, Citizen, Consultation, Duty
from consult.operations import duty
from consult.operations.duty import renew_leases
from consult.operations.elapsing import forget_what_is_over
from consult.timers import timer
from tests.clock import sweep_once
from tests.people import Asking, GoingOnDuty, browser_of
from trust.models import Attempt

pytestmark = pytest.mark.django_db

State = Consultation.State
Reason = Consultation.CloseReason


def ago(name: str, seconds: float = 1) -> Any:
    """A moment just before timer `name` began to be over."""
    return timezone.now() - timer(name) - timedelta(seconds=seconds)


def happens_to(consultation: Consultation, **change: Any) -> None:
    """Let time pass, then let the clock look once."""
    Consultation.objects.filter(pk=consultation.pk).update(**change)
    sweep_once()
    consultation.refresh_from_db()


def lines(consultation: Consultation) -> list[str]:
    said = consultation.messages.filter(role="system").order_by("seq")
    return list(said.values_list("text", flat=True))


def says(consultation: Consultation, person: Any, n: int = 1) -> Any:
    name = f"{consultation.pk}"[:8] + type(person).__name__
    message = Post(
        consultation=consultation.pk,
        person=person,
        stream=name,
        n=n,
        client_id=f"{name}{n}",
        text="word",
    )
    return post(message)


def test_a_lost_counsellor_is_given_grace_and_then_the_citizen_waits_again(
    oscar: User, talk: Consultation
) -> None:
    arrived = talk.arrived_at
    says(talk, oscar)
    Duty.objects.update(lease_until=ago("lost_grace_unanswered"))
    sweep_once()
    talk.refresh_from_db()
    assert talk.is_held

    Duty.objects.update(lease_until=ago("lost_grace"))
    sweep_once()

    talk.refresh_from_db()
    assert (talk.state, talk.is_held, talk.arrived_at) == (State.WAITING, False, arrived)
    assert lines(talk) == ["joined", "counsellor_lost"]
    assert Duty.objects.get().state == Duty.State.OFF


def test_who_was_not_answered_yet_waits_only_half_as_long(oscar: User, talk: Consultation) -> None:
    Duty.objects.update(lease_until=ago("lost_grace_unanswered"))

    sweep_once()

    talk.refresh_from_db()
    assert talk.state == State.WAITING


def test_another_counsellor_takes_over_in_the_same_sweep(
    oscar: User, olga: User, talk: Consultation, on_duty: GoingOnDuty
) -> None:
    on_duty(olga)
    Duty.objects.filter(counsellor=oscar).update(lease_until=ago("lost_grace"))

    sweep_once()

    talk.refresh_from_db()
    assert (talk.holder, talk.epoch) == (olga, 2)
    assert lines(talk) == ["joined", "counsellor_lost", "joined"]


def test_who_is_heard_from_again_in_time_keeps_everything(oscar: User, talk: Consultation) -> None:
    Duty.objects.update(lease_until=timezone.now() - timedelta(seconds=30))

    renew_leases([oscar.pk])
    sweep_once()

    talk.refresh_from_db()
    assert talk.holder == oscar
    assert Duty.objects.get().lease_until > timezone.now() + timer("lease") / 2


def test_a_silent_citizen_is_reminded_once_then_parked_then_closed(
    alice: Citizen, oscar: User, talk: Consultation
) -> None:
    says(talk, oscar)
    sweep_once()
    assert lines(talk) == ["joined"]

    happens_to(talk, awaiting_since=ago("citizen_notice"))
    sweep_once()
    assert (talk.state, lines(talk)) == (State.ACTIVE, ["joined", "silence"])

    happens_to(talk, awaiting_since=ago("citizen_park"))
    assert (talk.state, talk.holder, talk.slot) == (State.PARKED, None, None)

    happens_to(talk, awaiting_since=ago("citizen_close"))
    assert (talk.state, talk.close_reason) == (State.CLOSED, Reason.TIMED_OUT)
    assert lines(talk) == ["joined", "silence", "parked", "ended_timed_out"]


def test_whom_the_counsellor_owes_an_answer_is_not_called_silent(talk: Consultation) -> None:
    happens_to(talk, awaiting_since=ago("citizen_close"))

    assert (talk.state, lines(talk)) == (State.ACTIVE, ["joined"])


def test_parking_makes_room_for_the_next(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar, capacity=1)
    first, second = asks(alice), asks(alice)
    says(first, oscar)

    happens_to(first, awaiting_since=ago("citizen_park"))

    second.refresh_from_db()
    assert (first.state, second.holder) == (State.PARKED, oscar)


def test_a_parked_citizen_who_writes_is_near_the_head_again(
    alice: Citizen, mallet: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar, capacity=1)
    hers = asks(alice)
    says(hers, oscar)
    happens_to(hers, awaiting_since=ago("citizen_park"))
    taken, behind = asks(mallet), asks(mallet)
    assert (taken.state, behind.state) == (State.ACTIVE, State.WAITING)

    says(hers, alice)
    hers.refresh_from_db()
    assert (hers.state, lines(hers)[-1]) == (State.WAITING, "came_back")

    end(consultation=taken, reason=Reason.ANSWERED)
    hers.refresh_from_db()
    behind.refresh_from_db()
    assert (hers.holder, behind.holder) == (oscar, None)


def test_a_line_that_nobody_looks_at_any_more_is_given_up(alice: Citizen, asks: Asking) -> None:
    waiting = asks(alice)
    Consultation.objects.update(awaiting_since=ago("waiting_gone"))

    happens_to(waiting, citizen_seen_at=timezone.now() - timer("waiting_gone") / 2)
    assert waiting.state == State.WAITING

    happens_to(waiting, citizen_seen_at=ago("waiting_gone"))
    assert (waiting.state, waiting.close_reason) == (State.CLOSED, Reason.ABANDONED)
    assert lines(waiting) == ["ended_abandoned"]


def test_a_place_that_was_given_back_is_not_kept_for_ever_either(
    oscar: User, talk: Consultation
) -> None:
    duty.go_off_duty(counsellor=oscar)
    happens_to(talk, citizen_seen_at=ago("waiting_gone"))
    assert talk.state == State.WAITING  # Ten minutes from when it was given back.

    happens_to(talk, awaiting_since=ago("waiting_gone"))
    assert (talk.state, talk.close_reason) == (State.CLOSED, Reason.ABANDONED)


def test_looking_at_the_page_without_a_script_keeps_the_place(alice: Citizen, asks: Asking) -> None:
    waiting, browser = asks(alice), browser_of(alice)
    Consultation.objects.update(citizen_seen_at=ago("waiting_gone"))
    Citizen.objects.update(seen_at=ago("waiting_gone"))

    assert browser.get(waiting.get_absolute_url()).status_code == 200
    sweep_once()

    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


@pytest.mark.parametrize(
    ("reason", "said", "suggested"),
    [
        (Reason.ANSWERED, "", "solved"),
        (Reason.CITIZEN_LEFT, "", "unknown"),
        (Reason.ANSWERED, "not_solved", "not_solved"),
    ],
)
def test_a_note_that_nobody_wrote_is_suggested_and_marked(
    oscar: User, talk: Consultation, reason: Reason, said: str, suggested: str
) -> None:
    end(consultation=talk, reason=reason)
    sweep_once()
    assert Consultation.objects.visible_to(oscar).get() == talk

    happens_to(talk, wrap_up_due_at=ago("wrap_up"), outcome=said)

    assert (talk.wrap_up_suggested, talk.outcome) == (True, suggested)
    assert not Consultation.objects.visible_to(oscar).exists()


def test_the_net_below_serves_whoever_was_missed(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    Duty.objects.update(state=Duty.State.BREAK)
    waiting = asks(alice)
    Duty.objects.update(state=Duty.State.AVAILABLE)

    sweep_once()

    waiting.refresh_from_db()
    assert waiting.holder == oscar


def test_one_step_that_fails_stops_no_other(
    alice: Citizen,
    oscar: User,
    asks: Asking,
    on_duty: GoingOnDuty,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on_duty(oscar, capacity=1)
    silent, next_ = asks(alice), asks(alice)
    says(silent, oscar)
    monkeypatch.delitem(settings.TIMERS, "citizen_notice")

    happens_to(silent, awaiting_since=ago("citizen_park"))

    next_.refresh_from_db()
    assert (silent.state, next_.holder) == (State.PARKED, oscar)


def test_what_is_over_is_forgotten(
    alice: Citizen, talk: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    Access.objects.update(expires_at=timezone.now())
    Attempt.objects.create(kind="code", key="x", at=timezone.now() - timedelta(hours=3))

    for deed in forget_what_is_over(timezone.now().replace(second=0)):
        deed()

    assert Access.objects.get().sealed_pin is None
    assert not Attempt.objects.exists()
