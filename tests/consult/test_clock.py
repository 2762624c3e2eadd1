"""One clock, the database's: a process whose own is wrong re-queues nobody, reorders nothing."""

import time
from datetime import datetime, timedelta
from urllib.request import urlopen

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from consult import clock
from consult.models import Citizen, Consultation, Duty
from consult.operations.duty import renew_leases
from consult.timers import timer
from tests.clock import sweep_once
from tests.consult.test_time import ago, says
from tests.people import Asking, GoingOnDuty

AHEAD = timedelta(minutes=10)


@pytest.fixture
def _ten_minutes_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process's clock is wrong; the database's is not."""
    if connection.vendor != "postgresql":
        pytest.skip("On SQLite this machine's clock is the database's.")
    right = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: right() + AHEAD)


@pytest.mark.django_db
@pytest.mark.usefixtures("_ten_minutes_ahead")
def test_a_clock_ten_minutes_ahead_takes_nothing_from_anybody(
    alice: Citizen, mallet: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar, capacity=1)
    talk, waiting = asks(alice), asks(mallet)
    says(talk, alice)
    for _ in range(2):
        sweep_once()

    talk.refresh_from_db()
    waiting.refresh_from_db()
    assert (talk.holder, waiting.state) == (oscar, Consultation.State.WAITING)
    assert talk.nudged_at is None
    assert Duty.objects.get().state == Duty.State.AVAILABLE


@pytest.mark.django_db
@pytest.mark.usefixtures("_ten_minutes_ahead")
def test_what_it_writes_is_on_time(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    talk = asks(alice)
    renew_leases([oscar.pk])

    now, duty = clock.now(), Duty.objects.get()
    moments: list[datetime | None] = [talk.arrived_at, talk.assigned_at, duty.last_assigned_at]
    assert all(each is not None and abs(now - each) < timedelta(minutes=1) for each in moments)
    assert abs(now + timer("lease") - duty.lease_until) < timedelta(minutes=1)


def test_deadlines_come_although_whoever_set_them_is_gone(
    site: str, talk: Consultation, oscar: User
) -> None:
    """Only another process sweeps here: this one set the deadline and does nothing more."""
    with urlopen(site) as page:
        assert page.status == 200
    Duty.objects.update(lease_until=ago("lost_grace"))

    deadline = time.monotonic() + 15
    while Consultation.objects.get(pk=talk.pk).is_held and time.monotonic() < deadline:
        time.sleep(0.05)

    assert not Consultation.objects.get(pk=talk.pk).is_held
