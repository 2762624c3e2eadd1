"""Asking through the form: a place in the line or a ticket, once, and what comes back."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from agency.models import Topic
from catalog.models import ServiceCard
from consult.cookies import cookie_name
from consult.models import Citizen, Consultation
from desk.models import Ticket
from tests.desk.asking import ASK, QUESTION, form
from tests.people import GoingOnDuty

pytestmark = pytest.mark.django_db


def test_nobody_on_duty_and_the_same_form_becomes_a_ticket(wages: ServiceCard) -> None:
    browser = Client()

    response = browser.post(ASK, form())

    ticket = Ticket.objects.get()
    assert response.headers["Location"] == f"/track/{ticket.case.tracking_code}/"
    assert ticket.text == QUESTION
    page = browser.get(response.headers["Location"]).content.decode()
    assert QUESTION in page
    assert not Consultation.objects.exists()


def test_a_double_click_on_ask_is_one_question(
    wages: ServiceCard, topic: Topic, oscar: User, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    typed, browser = form(topic=topic.pk), Client()

    answers = [browser.post(ASK, typed).headers["Location"] for _ in range(2)]

    assert len(set(answers)) == 1
    assert Consultation.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"question": ""},
        {"question": " \u202e "},
        {"question": "ب" * 4_001},
        {"question": "ﷺ" * 1_000},
        {"consent": ""},
        {"language": "de"},
        {"contact": "12"},
        {"contact": "not@an@address"},
        {"topic": 999_999},
        {"client_id": "x"},
    ],
    ids=lambda change: f"{next(iter(change))}={str(next(iter(change.values())))[:12]}",
)
@pytest.mark.parametrize("page", [ASK, "/file/"])
def test_what_cannot_be_asked_comes_back_with_everything_that_was_typed(
    wages: ServiceCard, change: dict[str, Any], page: str
) -> None:
    typed = form(question=QUESTION, contact="09123456789") | change

    response = Client().post(page, typed)

    body = response.content.decode()
    assert response.status_code == 422
    assert str(typed["question"]).strip() in body
    assert f'value="{typed["contact"]}"' in body
    assert not Ticket.objects.exists()
    assert cookie_name() not in response.cookies


def test_the_citizens_cookie_is_out_of_reach_and_says_nothing(wages: ServiceCard) -> None:
    browser = Client()
    browser.post(ASK, form())

    cookie = browser.cookies[cookie_name()]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    citizen = Citizen.objects.get()
    assert citizen.digest not in cookie.value
    assert len(cookie.value) > 43


def test_asking_is_limited_by_address(wages: ServiceCard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.LIMITS, "asks_per_address_an_hour", 2)

    answers = [Client().post(ASK, form(), REMOTE_ADDR="203.0.113.7") for _ in range(3)]

    assert [each.status_code for each in answers] == [302, 302, 422]
    assert QUESTION in answers[2].content.decode()
    assert Client().post(ASK, form(), REMOTE_ADDR="198.51.100.9").status_code == 302
