"""A citizen's whole way through the pages without a script, and what holds on each of them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agency.models import Topic
from catalog.models import ServiceCard
from chat.operations import end, post
from chat.posts import Post
from consult.models import Citizen, Consultation
from desk.operations import become_ticket
from tests.desk.asking import ASK, form
from tests.people import Asking, GoingOnDuty, browser_of

pytestmark = pytest.mark.django_db


def field(page: Any, name: str) -> str:
    """What a hidden field of the page says."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.content.decode())
    assert found, name
    return found[1]


def test_ask_wait_talk_and_end_with_forms_alone(
    wages: ServiceCard, topic: Topic, oscar: User, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar, capacity=1)
    before, browser = Client(), Client()
    before.post(ASK, form(topic=topic.pk))

    asked = browser.post(ASK, form(topic=topic.pk))
    consultation = Consultation.objects.waiting().get()
    assert asked.headers["Location"] == consultation.get_absolute_url()

    waiting = browser.get(asked.headers["Location"])
    assert waiting.status_code == 200
    assert str(
        consultation.case
    ) in waiting.content.decode() or consultation.case.tracking_code in (waiting.content.decode())
    assert 'http-equiv="refresh"' in waiting.content.decode()
    assert browser.get(asked.headers["Location"] + "place/").status_code == 200

    first = Consultation.objects.held().get()
    end(consultation=first, reason=Consultation.CloseReason.ANSWERED)
    talk = browser.get(asked.headers["Location"])
    url = reverse("chat:post-message", args=[consultation.pk])
    typed = {name: field(talk, name) for name in ("stream", "n", "client_id")}
    for _ in range(2):  # A double click.
        sent = browser.post(url, {**typed, "text": "بله، قرارداد دارم."})
        assert sent.headers["Location"] == asked.headers["Location"]

    talk = browser.get(asked.headers["Location"])
    assert talk.content.decode().count("بله، قرارداد دارم.") == 1
    assert [each.seq for each in consultation.messages.order_by("seq")] == [1, 2, 3]

    assert browser.post(f"{asked.headers['Location']}leave/").status_code == 302
    consultation.refresh_from_db()
    assert consultation.close_reason == "citizen_left"
    assert browser.get(asked.headers["Location"]).status_code == 200


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_what_people_write_is_text_on_every_page(
    alice: Citizen, oscar: User, sara: User, talk: Consultation, text: str
) -> None:
    message = Post(consultation=talk.pk, person=alice, stream="s", n=1, client_id="c", text=text)
    post(message)
    ticket = become_ticket(consultation=talk)

    pages: list[tuple[Any, str]] = [
        (alice, talk.get_absolute_url()),
        (alice, f"/track/{talk.case.tracking_code}/"),
        (oscar, reverse("desk:console")),
        (oscar, reverse("desk:console-consultation", args=[talk.pk])),
        (oscar, ticket.get_absolute_url()),
        (sara, reverse("oversight:read", args=[talk.pk]) + f"?q={text}"),
    ]
    for person, page in pages:
        response = browser_of(person).get(page)
        assert response.status_code == 200, page
        assert text not in response.content.decode(), page


Bound = Callable[[int], Any]


@pytest.mark.parametrize("page", ["home", "card", "list", "line", "talk", "case"])
def test_a_page_asks_the_database_as_much_for_many_as_for_few(
    alice: Citizen,
    mallet: Citizen,
    wages: ServiceCard,
    talk: Consultation,
    asks: Asking,
    oscar: User,
    page: str,
    django_assert_max_num_queries: Bound,
) -> None:
    for n in range(1, 16):
        post(
            Post(
                consultation=talk.pk,
                person=oscar if n % 2 else alice,
                stream="his" if n % 2 else "hers",
                n=(n + 1) // 2,
                client_id=str(n),
                text="word",
            )
        )
    waiting = [asks(mallet, language="en") for _ in range(5)][-1]
    urls = {
        "home": "/?q=حقوق",
        "card": wages.get_absolute_url(),
        "list": "/services/",
        "line": waiting.get_absolute_url(),
        "talk": talk.get_absolute_url(),
        "case": f"/track/{talk.case.tracking_code}/",
    }
    browser = browser_of(mallet if page == "line" else alice)
    browser.get("/?q=حقوق")  # The index of the catalogue is built once.

    with django_assert_max_num_queries(14):
        assert browser.get(urls[page]).status_code == 200
