"""A citizen's way through the pages, without a script: ask, wait, talk, end, follow."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agency.models import Topic
from catalog.models import ServiceCard
from chat.operations import end, post
from chat.posts import Post
from consult.cookies import cookie_name
from consult.models import Citizen, Consultation
from desk.models import Ticket
from desk.operations import become_ticket
from tests.people import Asking, GoingOnDuty, browser_of

pytestmark = pytest.mark.django_db

QUESTION = "سه ماه است حقوقم را نداده‌اند. چه کنم؟"
ASK = "/ask/"


def form(**change: Any) -> dict[str, Any]:
    typed = {"question": QUESTION, "language": "fa", "consent": "on", "client_id": uuid4()}
    return {**typed, **change}


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
