"""Following a case with its code: opening it, adding to it, cancelling it."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from consult.models import Citizen, Consultation
from desk.operations import become_ticket
from tests.people import browser_of

pytestmark = pytest.mark.django_db


def test_following_a_case_with_code_and_answer(alice: Citizen, talk: Consultation) -> None:
    become_ticket(consultation=talk)
    browser, code = Client(), talk.case.tracking_code
    pin = re.search(r"\b([A-Z0-9]{6})\b", browser_of(alice).get(f"/track/{code}/").content.decode())
    assert pin
    persian = code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))

    wrong = browser.post("/track/", {"code": persian, "factor": "AAAAAA"})
    unknown = browser.post("/track/", {"code": "123456789015", "factor": "AAAAAA"})
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert wrong.context["form"].errors == unknown.context["form"].errors

    opened = browser.post("/track/", {"code": persian, "factor": pin[1]})
    assert opened.headers["Location"] == f"/track/{code}/"
    page = browser.get(f"/track/{persian}/")
    assert page.status_code == 200
    assert pin[1] not in page.content.decode()
    assert browser.get(talk.get_absolute_url()).status_code == 200


def test_the_citizen_adds_to_a_ticket_and_cancels_it(alice: Citizen, talk: Consultation) -> None:
    ticket = become_ticket(consultation=talk)
    browser, case = browser_of(alice), f"/track/{talk.case.tracking_code}/"

    nothing = {"text": "\u202e", "client_id": uuid4()}
    assert browser.post(f"{case}reply/", nothing).status_code == 422
    added = {"text": "the-added-word", "client_id": uuid4()}
    assert [browser.post(f"{case}reply/", added).status_code for _ in range(2)] == [302, 302]
    assert browser.get(case).content.decode().count("the-added-word") == 1

    assert browser.post(f"{case}cancel/").status_code == 302
    ticket.refresh_from_db()
    assert ticket.status == "cancelled"
    late = browser.post(f"{case}reply/", {"text": "too-late", "client_id": uuid4()})
    assert (late.status_code, "too-late" in late.content.decode()) == (422, True)
