"""While the database is away, a page says so, and whatever was typed is on it still."""

import logging
import time
from typing import Any
from unittest.mock import Mock
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django.urls import reverse
from psycopg import Connection, OperationalError
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool

from accounts.models import User
from agency.outages import is_outage, typed_in
from catalog.models import ServiceCard
from consult.models import Citizen, Consultation
from desk.models import Ticket
from desk.operations import become_ticket
from environment import postgresql
from tests.desk.asking import ASK, QUESTION, form
from tests.outage import Pressed, standing_still
from tests.people import browser_of

pytestmark = pytest.mark.django_db(transaction=True)


def calm(person: Citizen | User | None = None) -> Client:
    """A browser that shows the page of a fault instead of failing the test."""
    browser = browser_of(person)
    browser.raise_request_exception = False
    return browser


@pytest.mark.parametrize(
    ("page", "language", "words"),
    [(ASK, "fa", "در همین صفحه مانده است"), ("/en/ask/", "en", "kept on this page")],
)
def test_a_question_is_kept_on_the_page_and_one_press_sends_it(
    wages: ServiceCard, page: str, language: str, words: str
) -> None:
    browser = calm()
    typed = form(question=f"{QUESTION}\r\n\r\n<b>&", contact="ali@example.com")
    with standing_still():
        answer = browser.post(page, typed)

    body = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "no-store" in answer.headers["Cache-Control"]
    assert (f'<html lang="{language}"' in body, words in body) == (True, True)
    assert not Ticket.objects.exists()

    sent = Pressed(body).fields
    for _press in range(2):
        assert browser.post(page, sent).status_code == 302
    assert Ticket.objects.get().text == "\n".join([QUESTION, "", "<b>&"])


def test_a_reply_is_kept(alice: Citizen, talk: Consultation) -> None:
    ticket, browser = become_ticket(consultation=talk), calm(alice)
    page = f"/track/{talk.case.tracking_code}/reply/"
    with standing_still():
        answer = browser.post(page, {"text": "half-written", "client_id": uuid4()})

    assert answer.status_code == 503
    assert browser.post(page, Pressed(answer.content.decode()).fields).status_code == 302
    assert ticket.follow_ups.get(text="half-written")


def test_a_message_is_kept(alice: Citizen, talk: Consultation) -> None:
    """Where the conversation can still be read, it is in its box there: the ledger is patient."""
    browser, page = calm(alice), reverse("chat:post-message", args=[talk.pk])
    with standing_still():
        answer = browser.post(
            page, {"text": "half-written", "stream": "p", "n": 1, "client_id": uuid4()}
        )

    assert answer.status_code == (422 if connection.vendor == "sqlite" else 503)
    assert "half-written</textarea>" in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "typed", "secret"),
    [
        ("/staff/sign-in/", {"username": "oscar", "next": "/staff/console/"}, "password"),
        ("/track/", {"code": "7383-2335-6480"}, "factor"),
    ],
)
def test_secrets_are_asked_for_once_more(
    agency: object, page: str, typed: dict[str, str], secret: str
) -> None:
    with standing_still():
        answer = calm().post(page, {**typed, secret: "S3CRET"})

    body = answer.content.decode()
    again = Pressed(body)
    assert (answer.status_code, "S3CRET" in body) == (503, False)
    assert again.to_be_typed == {secret}
    assert {name: values[0] for name, values in again.fields.items() if name in typed} == typed


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "password1",
        "new_password2",
        "old_password",
        "factor",
        "pin",
        "otp",
        "form-0-pin",
    ],
)
def test_whatever_is_called_a_secret_is_not_echoed(name: str) -> None:
    request = RequestFactory().post("/", {name: "S3CRET", "usable_password": "true"})

    fields = list(typed_in(request))

    assert [(each.name, each.value, each.secret) for each in fields] == [
        (name, "", True),
        ("usable_password", "true", False),
    ]


def test_several_values_of_one_field_stay_several() -> None:
    request = RequestFactory().post("/", {"topics": ["1", "2"], "csrfmiddlewaretoken": "x"})

    assert [(each.name, each.value) for each in typed_in(request)] == [
        ("topics", "1"),
        ("topics", "2"),
    ]


def test_nothing_that_was_typed_and_no_address_is_written_down(
    alice: Citizen, talk: Consultation, caplog: pytest.LogCaptureFixture
) -> None:
    become_ticket(consultation=talk)
    browser, page = calm(alice), f"/track/{talk.case.tracking_code}/reply/"
    logging.getLogger("django").addHandler(caplog.handler)

    try:
        with standing_still():
            browser.post(page, {"text": "half-written", "client_id": uuid4()})
    finally:
        logging.getLogger("django").removeHandler(caplog.handler)

    assert "The database is away: OperationalError" in caplog.text
    assert talk.case.tracking_code not in caplog.text
    assert "half-written" not in caplog.text


def test_a_wrong_statement_is_a_fault_of_ours() -> None:
    with pytest.raises(DatabaseError) as fault, connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")

    assert not is_outage(fault.value)


def test_what_breaks_otherwise_is_said_as_before(
    wages: ServiceCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_given: Any, **_more: Any) -> None:
        raise LookupError

    monkeypatch.setattr("desk.views.asking.reach", break_down)

    assert calm().get("/").status_code == 500


def test_no_connection_to_spare_is_an_outage_too(
    wages: ServiceCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no pool.")
    connection.close()
    pool = connection.pool  # type: ignore[attr-defined]
    monkeypatch.setattr(pool, "timeout", 0.2)
    taken = [pool.getconn() for _each in range(pool.max_size)]
    try:
        answer = calm().post(ASK, form())
    finally:
        for each in taken:
            pool.putconn(each)

    assert answer.status_code == 503
    assert QUESTION in answer.content.decode()


def test_who_waits_for_a_connection_gets_it_when_the_database_is_back() -> None:
    class Line(Connection[Any]):
        @classmethod
        def connect(cls, *_given: Any, **_more: Any) -> Any:
            if time.monotonic() < back:
                raise OperationalError("Nobody there")
            return Mock(pgconn=Mock(transaction_status=TransactionStatus.IDLE), closed=False)

    back = time.monotonic() + 2.5  # Longer than the pool tries by itself.
    given = postgresql("postgres://nobody@127.0.0.1/nothing")["OPTIONS"]["pool"]
    with ConnectionPool(connection_class=Line, open=True, **given) as pool:
        assert pool.getconn() is not None
