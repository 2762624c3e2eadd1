"""A cited card, opened in its place: what that edition said, for those of the conversation."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from catalog.models import ServiceCard
from catalog.operations import issue, retire, snapshot_of
from chat.models import Message
from chat.operations import end
from consult.models import Citizen, Consultation
from tests.people import browser_of

pytestmark = pytest.mark.django_db

THEN, NOW = "قرارداد کار", "سندی که بعداً افزوده شد"


def cite(person: User, talk: Consultation, card: ServiceCard, field: str = "") -> Any:
    """As the card finder does it."""
    typed = {"card": card.slug, "field": field, "n": 1}
    typed |= {"stream": str(uuid4()), "client_id": str(uuid4())}
    url = reverse("chat:cite-card", args=[talk.pk])
    return browser_of(person).post(url, typed, headers={"X-Requested-With": "fetch"})


def publish_another(card: ServiceCard) -> None:
    card.refresh_from_db()
    issue(card=card, content={**snapshot_of(card), "documents": [{"fa": NOW, "en": NOW}]})


def cited_seq(talk: Consultation) -> int:
    return Message.objects.filter(consultation=talk, edition__isnull=False).latest("seq").seq


@pytest.fixture
def page(talk: Consultation) -> str:
    return reverse("desk:show-consultation", args=[talk.pk])


def test_the_citizen_reads_what_was_said_then_and_that_another_applies_today(
    alice: Citizen, oscar: User, talk: Consultation, wages: ServiceCard, page: str
) -> None:
    assert cite(oscar, talk, wages, "documents").status_code == 200
    before = browser_of(alice).get(page).content.decode()
    assert THEN in before
    assert "امروز نسخهٔ" not in before

    publish_another(wages)

    after = browser_of(alice).get(page).content.decode()
    assert THEN in after
    assert NOW not in after
    assert "امروز نسخهٔ ۲" in after
    retire(card=wages)
    assert "دیگر در فهرست نیست" in browser_of(alice).get(page).content.decode()


def test_it_is_fetched_by_those_of_the_conversation_and_nobody_else(
    alice: Citizen,
    mallet: Citizen,
    oscar: User,
    sara: User,
    olga: User,
    mallory: User,
    talk: Consultation,
    wages: ServiceCard,
) -> None:
    cite(oscar, talk, wages, "fee")
    seq = cited_seq(talk)
    citizens, staff = (
        reverse(f"chat:{name}", args=[talk.pk, seq]) for name in ("show-cited", "read-cited")
    )

    assert 'class="cited"' in browser_of(alice).get(citizens).content.decode()
    assert browser_of(oscar).get(staff).status_code == 200
    assert browser_of(sara).get(staff).status_code == 200
    for stranger in (olga, mallory):
        assert browser_of(stranger).get(staff).status_code == 404
        assert browser_of(stranger).get(citizens).status_code == 404
    assert browser_of(mallet).get(citizens).status_code == 404
    assert browser_of(alice).get(citizens.replace(f"/{seq}/", "/1/")).status_code == 404


def test_ten_citations_cost_no_more_than_one(
    alice: Citizen, oscar: User, talk: Consultation, wages: ServiceCard, page: str
) -> None:
    browser = browser_of(alice)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(page)
        return len(queries)

    cite(oscar, talk, wages, "fee")
    cost()  # What is remembered for ever is remembered now.
    once = cost()
    for field in ("", "documents", "steps", "laws", "duration") * 2:
        cite(oscar, talk, wages, field)

    assert cost() == once


def test_the_first_card_that_is_sent_is_the_one_it_is_about(
    oscar: User, talk: Consultation, wages: ServiceCard
) -> None:
    cite(oscar, talk, wages)

    talk.refresh_from_db()
    assert (talk.card, talk.case.card) == (wages, wages)


def test_a_card_sent_too_late_is_refused_in_words(
    oscar: User, talk: Consultation, wages: ServiceCard
) -> None:
    end(consultation=talk, reason=Consultation.CloseReason.ANSWERED)

    answer = cite(oscar, talk, wages)

    assert (answer.status_code, answer.content.decode()) == (
        422,
        "این گفت‌وگو اکنون با همکار دیگری است.",
    )


# --- The finder ------------------------------------------------------------------------------


def test_the_finder_knows_the_cards_of_the_topic_before_a_word_is_typed(
    oscar: User, talk: Consultation, wages: ServiceCard
) -> None:
    browser, url = browser_of(oscar), reverse("desk:find-cards", args=[talk.pk])

    offered = browser.get(url).context["found"]
    assert [each.card for each in offered] == [wages]
    assert [part.field for part in offered[0].parts] == [
        "",
        "documents",
        "fee",
        "duration",
        "steps",
        "laws",
    ]
    assert offered[0].parts[3].text == "۴۵ روز کاری"

    assert [each.card for each in browser.get(url, {"q": "مزد"}).context["found"]] == [wages]
    nothing = browser.get(url, {"q": "گذرنامه"})
    assert nothing.context["found"] == []
    assert 'role="option"' not in nothing.content.decode()
