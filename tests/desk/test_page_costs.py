"""What the pages of the staff ask of the database."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agency.models import Topic
from chat.operations import end
from consult.models import Citizen, Consultation
from desk.operations import become_ticket
from tests.people import Asking, GoingOnDuty, browser_of

pytestmark = pytest.mark.django_db

Bound = Callable[[int], Any]


def test_a_page_asks_the_database_as_much_for_many_as_for_few(
    mallet: Citizen,
    oscar: User,
    sara: User,
    talk: Consultation,
    asks: Asking,
    on_duty: GoingOnDuty,
    django_assert_max_num_queries: Bound,
) -> None:
    Topic.objects.update(capacity=10)
    on_duty(oscar, capacity=10)
    held = [asks(mallet) for _ in range(8)]
    for each in held[:4]:
        become_ticket(consultation=each)
    end(consultation=held[5], reason=Consultation.CloseReason.ANSWERED)
    for _ in range(4):
        asks(mallet, language="ar")
    Consultation.objects.held().update(awaiting_since=timezone.now() - timedelta(hours=1))
    desk, supervisor = browser_of(oscar), browser_of(sara)
    pages = [
        (desk, reverse("desk:console"), 22),
        (desk, reverse("desk:console-consultation", args=[talk.pk]), 32),
        (desk, reverse("desk:find-cards", args=[talk.pk]), 14),
        (desk, reverse("desk:console-list"), 14),
        (supervisor, reverse("oversight:board"), 26),
        (desk, reverse("desk:list-tickets"), 22),
        (supervisor, reverse("oversight:search") + "?q=حقوقم", 26),
    ]

    for browser, page, bound in pages:
        with django_assert_max_num_queries(bound):
            assert browser.get(page).status_code == 200, page
