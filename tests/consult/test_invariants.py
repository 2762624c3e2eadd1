"""What the database refuses, whoever asks it: PRODUCT.md's invariants as constraints."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from consult.models import Assignment, Citizen, Consultation, Duty
from desk.models import FollowUp
from tests.people import Asking, GoingOnDuty

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def refuses(consultation: Consultation, **change: Any) -> bool:
    try:
        with transaction.atomic():
            Consultation.objects.filter(pk=consultation.pk).update(**change)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "change",
    [
        {"holder": None},
        {"slot": None},
        {"state": "waiting"},
        {"state": "parked"},
        {"state": "closed", "closed_at": NOW, "close_reason": "answered"},
        {"state": "offered"},
        {"state": "resting"},
        {"closed_at": NOW},
        {"close_reason": "answered"},
        {"rating": 0},
        {"rating": 6},
        {"language": "de"},
    ],
    ids=str,
)
def test_a_held_consultation_cannot_be_anything_else_besides(
    talk: Consultation, change: dict[str, Any]
) -> None:
    assert refuses(talk, **change)


@pytest.mark.parametrize(
    "change",
    [
        {"closed_at": NOW, "close_reason": ""},
        {"closed_at": None, "close_reason": "answered"},
        {"closed_at": None, "close_reason": ""},
    ],
    ids=str,
)
def test_the_end_has_a_reason_and_a_time(talk: Consultation, change: dict[str, Any]) -> None:
    assert refuses(talk, state="closed", holder=None, slot=None, **change)
    assert not refuses(
        talk, state="closed", holder=None, slot=None, closed_at=NOW, close_reason="answered"
    )


def test_who_waits_has_no_holder(alice: Citizen, oscar: User, asks: Asking) -> None:
    assert refuses(asks(alice), holder=oscar, slot=1)


def test_a_slot_holds_one_consultation(alice: Citizen, talk: Consultation, asks: Asking) -> None:
    assert refuses(asks(alice), slot=talk.slot)


def test_an_offer_runs_out(talk: Consultation) -> None:
    assert refuses(talk, state="offered", offer_expires_at=None)
    assert not refuses(talk, state="offered", offer_expires_at=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"epoch": 1, "load_before": 0},
        {"epoch": 2, "load_before": 3.5},
        {"epoch": 2, "load_before": 4},
    ],
    ids=str,
)
def test_an_assignment_is_one_epoch_and_within_capacity(
    oscar: User, talk: Consultation, wrong: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            consultation=talk, counsellor=oscar, waited=timedelta(), capacity=4, **wrong
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"ended_at": NOW},
        {"state": "off"},
        {"state": "off", "ended_at": NOW, "capacity": 0},
        {"state": "off", "ended_at": NOW, "capacity": 11},
    ],
    ids=str,
)
def test_a_counsellor_has_one_duty_which_is_off_when_ended(
    oscar: User, on_duty: GoingOnDuty, wrong: dict[str, Any]
) -> None:
    on_duty(oscar)

    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(counsellor=oscar, lease_until=NOW, **wrong)


def test_only_the_staff_writes_what_citizens_do_not_read(talk: Consultation, labour: Any) -> None:
    ticket = talk.tickets.create(
        case=talk.case,
        unit=labour,
        priority=3,
        subject="x",
        text="x",
        first_response_due_at=NOW,
        resolution_due_at=NOW,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.create(ticket=ticket, author=None, is_public=False, text="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        talk.tickets.create(
            case=talk.case,
            unit=labour,
            priority=3,
            subject="a second",
            text="x",
            first_response_due_at=NOW,
            resolution_due_at=NOW,
        )
