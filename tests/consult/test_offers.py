"""Offers: what a counsellor may accept or decline when nothing is assigned by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from chat.operations import accept, decline, end
from consult.load import load_of
from consult.models import Assignment, Citizen, Consultation
from oversight.board import board_of
from tests.clock import sweep_once
from tests.people import Asking, GoingOnDuty, browser_of

pytestmark = pytest.mark.django_db

State = Consultation.State


@pytest.fixture(autouse=True)
def _offered_first(settings: Settings) -> None:
    settings.AUTO_ACCEPT = False


def stands(consultation: Consultation) -> tuple[Any, Any]:
    consultation.refresh_from_db()
    return State(consultation.state), consultation.holder


def the_offer_runs_out() -> None:
    over = timezone.now() - timedelta(seconds=1)
    Consultation.objects.filter(state=State.OFFERED).update(offer_expires_at=over)
    sweep_once()


def test_an_offer_keeps_the_seat_and_begins_nothing(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    hers = asks(alice)

    assert stands(hers) == (State.OFFERED, oscar)
    assert (hers.slot, load_of(oscar.pk), hers.assigned_at) == (1, 1, None)
    assert not hers.messages.filter(role="system").exists()
    assert "oscar".title() not in browser_of(alice).get(hers.get_absolute_url()).content.decode()


def test_accepting_begins_the_talk_and_says_who_has_joined(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    hers = asks(alice)

    accept(consultation=hers, counsellor=oscar, epoch=hers.epoch)

    assert stands(hers) == (State.ACTIVE, oscar)
    assert [each.text for each in hers.messages.filter(role="system")] == ["joined"]
    log = Assignment.objects.get()
    assert (log.answer, log.is_first) == (Assignment.Answer.TAKEN, True)


@pytest.mark.parametrize("way", ["declines", "lets it lapse"])
def test_it_goes_to_the_next_and_not_back_to_the_same(
    alice: Citizen, oscar: User, olga: User, asks: Asking, on_duty: GoingOnDuty, way: str
) -> None:
    on_duty(oscar)
    hers = asks(alice)
    arrived = hers.arrived_at
    on_duty(olga)

    if way == "declines":
        decline(consultation=hers, counsellor=oscar, epoch=hers.epoch)
    else:
        the_offer_runs_out()
    assert stands(hers) == (State.OFFERED, olga)

    decline(consultation=hers, counsellor=olga, epoch=hers.epoch)
    sweep_once()
    assert stands(hers) == (State.WAITING, None)
    assert hers.arrived_at == arrived

    Consultation.objects.update(restricted_until=timezone.now())
    sweep_once()
    assert stands(hers)[0] == State.OFFERED  # Everybody was asked: a new round.


def test_after_three_offers_in_vain_the_supervisors_see_it(
    alice: Citizen, oscar: User, sara: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    hers = asks(alice)
    for _ in range(2):
        the_offer_runs_out()
        assert not [each for each in board_of(sara).dangers if each.kind == "offers"]
        Consultation.objects.update(restricted_until=timezone.now())
        sweep_once()

    hers.refresh_from_db()
    assert hers.offers == 3
    assert [each.kind for each in board_of(sara).dangers] == ["offers"]
    answers = Assignment.objects.order_by("epoch").values_list("answer", flat=True)
    assert list(answers) == ["lapsed", "lapsed", ""]


def test_an_offer_that_is_gone_cannot_be_answered(
    alice: Citizen, oscar: User, olga: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    hers = asks(alice)
    stale = hers.epoch
    on_duty(olga)
    decline(consultation=hers, counsellor=oscar, epoch=stale)

    for act in (accept, decline):
        for who in (oscar, olga):
            with pytest.raises(ValidationError) as refused:
                act(consultation=hers, counsellor=who, epoch=stale)
            assert refused.value.code == "not_held"
    assert stands(hers) == (State.OFFERED, olga)


def test_a_citizen_who_leaves_takes_the_offer_along(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar, capacity=1)
    hers, next_ = asks(alice), asks(alice)

    end(consultation=hers, reason=Consultation.CloseReason.ABANDONED)

    assert stands(hers) == (State.CLOSED, None)
    assert hers.wrapped_up_at is not None
    assert stands(next_) == (State.OFFERED, oscar)


def test_the_console_asks_and_takes_the_answer(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    hers, browser = asks(alice), browser_of(oscar)
    page = browser.get(f"/staff/console/{hers.pk}/").content.decode()
    assert 'value="accept"' in page
    assert 'id="id_text"' not in page

    browser.post(f"/staff/consultations/{hers.pk}/offer/", {"answer": "accept", "epoch": 1})

    assert stands(hers) == (State.ACTIVE, oscar)
    assert 'id="id_text"' in browser.get(f"/staff/console/{hers.pk}/").content.decode()
