"""Who sees a ticket, and how it is found again."""

from uuid import uuid4

import pytest

from accounts.models import User
from consult.models import Citizen, Consultation
from desk.models import Ticket
from desk.operations import (
    add_follow_up,
    become_ticket,
    change_status,
    claim,
)
from desk.queries import search, views_of
from tests.people import Asking, browser_of

pytestmark = pytest.mark.django_db


def test_an_internal_word_reaches_no_page_of_the_citizen(
    alice: Citizen, oscar: User, talk: Consultation, ticket: Ticket
) -> None:
    for text, public in (("the-internal-word", False), ("the-public-word", True)):
        add_follow_up(ticket=ticket, text=text, author=oscar, is_public=public, client_id=uuid4())
    browser, case = browser_of(alice), talk.case

    pages = [
        f"/track/{case.tracking_code}/",
        f"/consultations/{talk.pk}/",
        f"/consultations/{talk.pk}/transcript.txt",
    ]
    bodies = [browser.get(page).content.decode() for page in pages]

    assert "the-public-word" in bodies[0]
    assert not any("the-internal-word" in body for body in bodies)


def test_tickets_are_seen_by_the_desk_of_their_unit_alone(
    alice: Citizen,
    mallet: Citizen,
    oscar: User,
    olga: User,
    sara: User,
    mallory: User,
    ticket: Ticket,
) -> None:
    for person in (alice, oscar, sara):
        assert Ticket.objects.visible_to(person).get() == ticket
    for person in (mallet, olga, mallory):
        assert not Ticket.objects.visible_to(person).exists()


def test_the_saved_views_sort_the_tickets(
    alice: Citizen, oscar: User, ticket: Ticket, asks: Asking
) -> None:
    other = become_ticket(consultation=asks(alice))
    claim(ticket=ticket, actor=oscar)
    change_status(ticket=other, status="rejected", actor=oscar, note="not for us")
    Ticket.objects.filter(pk=ticket.pk).update(first_response_due_at=ticket.created_at)

    found = {key: list(tickets) for key, (_label, tickets) in views_of(oscar).items()}

    assert found == {
        "due": [ticket],
        "mine": [ticket],
        "unassigned": [],
        "overdue": [ticket],
        "waiting": [],
        "answered": [other],
    }


def test_a_ticket_is_found_by_its_code_in_any_digits_and_by_its_words(ticket: Ticket) -> None:
    persian = str(ticket.case).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    every = Ticket.objects.all()

    assert list(search(every, persian)) == [ticket]
    assert list(search(every, "حقوقم نداده اند")) == [ticket]
    assert list(search(every, "حقوقم پاسپورت")) == []


def test_words_joined_without_a_space_are_found_however_they_are_typed(
    alice: Citizen, asks: Asking
) -> None:
    ticket = become_ticket(consultation=asks(alice, "مزدم را می‌خواهم"))
    every = Ticket.objects.all()

    for q in ("می‌خواهم", "میخواهم"):
        assert list(search(every, q)) == [ticket], q
    for q in ("؟!", "\u200c"):
        assert list(search(every, q)) == [], q
