"""Waiting, talking, ending and judging a consultation, with forms alone."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import ServiceCard
from chat.operations import end
from consult.models import Citizen, Consultation
from desk.models import Ticket
from tests.desk.asking import form
from tests.people import Asking, browser_of

pytestmark = pytest.mark.django_db


def test_line_breaks_are_not_counted_twice(
    alice: Citizen, talk: Consultation, wages: ServiceCard
) -> None:
    text = "خط\r\n" * 1_333
    url = reverse("chat:post-message", args=[talk.pk])
    typed = {"stream": "page", "n": 1, "client_id": uuid4(), "text": text}

    assert browser_of(alice).post(url, typed).status_code == 302
    assert Client().post("/file/", form(question=text)).status_code == 302


@pytest.mark.parametrize("text", ["", " \n ", "ب" * 4_001])
def test_a_message_that_is_none_comes_back(alice: Citizen, talk: Consultation, text: str) -> None:
    url = reverse("chat:post-message", args=[talk.pk])

    response = browser_of(alice).post(
        url, {"stream": "page", "n": 1, "client_id": uuid4(), "text": text}
    )

    assert response.status_code == 422
    assert text.strip() in response.content.decode()
    assert talk.messages.count() == 2


def test_a_message_to_an_ended_conversation_comes_back_with_a_word(
    alice: Citizen, talk: Consultation
) -> None:
    end(consultation=talk, reason=Consultation.CloseReason.ANSWERED)
    url = reverse("chat:post-message", args=[talk.pk])
    typed = {"stream": "page", "n": 1, "client_id": uuid4(), "text": "one-more-thing"}

    response = browser_of(alice).post(url, typed)

    assert response.status_code == 422
    assert "one-more-thing" in response.content.decode()


def test_not_solved_becomes_a_ticket_in_the_same_step(alice: Citizen, talk: Consultation) -> None:
    end(consultation=talk, reason=Consultation.CloseReason.ANSWERED)
    browser, url = browser_of(alice), reverse("desk:give-feedback", args=[talk.pk])

    assert browser.post(url, {}).status_code == 422
    assert browser.post(url, {"outcome": "not_solved", "rating": 9}).status_code == 422
    said = {"outcome": "not_solved", "become_ticket": "on", "rating": 2}
    response = browser.post(url, {**said, "comment": "کد ملی 0013542419"})

    assert response.status_code == 302
    talk.refresh_from_db()
    assert (talk.outcome, talk.rating) == ("not_solved", 2)
    assert "0013542419" not in talk.comment
    assert Ticket.objects.get().consultation == talk
    assert browser.get(talk.get_absolute_url()).status_code == 200


def test_leaving_the_line_with_a_ticket_keeps_the_question(alice: Citizen, asks: Asking) -> None:
    waiting = asks(alice)

    response = browser_of(alice).post(reverse("desk:leave", args=[waiting.pk]), {"as_ticket": "1"})

    ticket = Ticket.objects.get()
    assert response.headers["Location"] == f"/track/{waiting.case.tracking_code}/"
    assert ticket.text == waiting.messages.get(seq=1).text


def test_the_waiting_page_shows_the_whole_question(alice: Citizen, asks: Asking) -> None:
    waiting = asks(alice, "سطر نخست.\nسطر دوم که در موضوع نیست")

    page = browser_of(alice).get(waiting.get_absolute_url()).content.decode()

    assert "سطر دوم که در موضوع نیست" in page
