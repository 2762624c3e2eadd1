"""Finding and browsing cards as people see it: suggestions, facets, and what to do with nothing."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.models import ServiceCard
from catalog.operations import publish
from tests.people import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cards(card: ServiceCard) -> tuple[ServiceCard, ServiceCard]:
    """Unpaid wages, for citizens, with a visit; and passports, for businesses, without one."""
    card.content |= {"service_type": ["G2C"], "life_events": ["business"], "in_person_visits": 1}
    card.save()
    publish(card=card)
    other = ServiceCard.objects.create(
        slug="passport",
        code="T-02",
        unit=card.unit,
        skill=card.skill,
        title_fa="صدور گذرنامه",
        title_en="Passport",
        description_fa="برای سفر به بیرون از کشور.",
        keywords=["گذرنامه", "پاسپورت"],
        content={
            "service_type": ["G2B", "G2C"],
            "life_events": ["other"],
            "in_person_visits": 0,
        },
    )
    publish(card=other)
    return card, other


def page(address: str, browser: Client | None = None) -> str:
    response = (browser or browser_of(None)).get(address)
    assert response.status_code == 200
    return response.content.decode()


def shown(address: str) -> set[str]:
    text = page(address)
    return {slug for slug in ("unpaid-wages", "passport") if f"/services/{slug}/" in text}


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        ("", {"unpaid-wages", "passport"}),
        ("audience=G2B", {"passport"}),
        ("audience=G2C", {"unpaid-wages", "passport"}),
        ("event=business", {"unpaid-wages"}),
        ("electronic=1", {"passport"}),
        ("unit=labour", {"unpaid-wages", "passport"}),
        ("unit=labour&audience=G2C&electronic=1", {"passport"}),
        ("audience=G2B&event=business", set()),
        ("q=گذرنامه&electronic=1", {"passport"}),
        ("q=گذرنامه&event=business", set()),
        ("audience=nobody&event=%00&unit=²&electronic=7", {"unpaid-wages", "passport"}),
    ],
)
def test_choices_combine(
    cards: tuple[ServiceCard, ServiceCard], choice: str, left: set[str]
) -> None:
    if "²" in choice:
        assert page(f"/services/?{choice}")
    else:
        assert shown(f"/services/?{choice}") == left


def test_a_facet_says_how_many_are_left(cards: tuple[ServiceCard, ServiceCard]) -> None:
    text = page("/en/services/?audience=G2C")

    assert 'Citizens <span class="tally">2</span>' in text
    assert 'Businesses <span class="tally">1</span>' in text
    assert 'No visit needed <span class="tally">1</span>' in text
    assert "audience=G2C&amp;electronic=1" in text
    assert 'aria-current="true"' in text


def test_an_empty_list_leads_to_a_counsellor_with_the_question(
    cards: tuple[ServiceCard, ServiceCard],
) -> None:
    for address in ("/services/?q=qqqq", "/suggest/?q=qqqq", "/?q=qqqq"):
        assert 'href="/ask/?q=qqqq"' in page(address)


def test_an_unknown_word_that_is_near_a_known_one_is_asked_about(
    cards: tuple[ServiceCard, ServiceCard],
) -> None:
    text = page("/services/?q=صدور گذرنمه")

    assert (
        "/services/?q=%D8%B5%D8%AF%D9%88%D8%B1%20%DA%AF%D8%B0%D8%B1%D9%86%D8%A7%D9%85%D9%87" in text
    )
    assert "صدور گذرنامه</bdi>" in text
    assert 'class="instead"' not in page("/services/?q=صدور گذرنامه")


def test_what_answers_is_marked_in_its_own_spelling(
    cards: tuple[ServiceCard, ServiceCard],
) -> None:
    assert "<mark>گذرنامه</mark>" in page("/services/?q=gozarname")
    assert "<mark>گذرنامه</mark>" in page("/suggest/?q=گذرنامه‌ام")


def test_while_typing_the_list_keeps_its_choices(cards: tuple[ServiceCard, ServiceCard]) -> None:
    fragment = page("/suggest/?for=list&electronic=1&q=گذرنامه")

    assert "<html" not in fragment
    assert "q=%DA%AF%D8%B0" in fragment
    assert "electronic=1" in fragment


def test_the_list_asks_the_database_a_few_times_only(
    cards: tuple[ServiceCard, ServiceCard], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in ("/services/", "/services/?q=گذرنامه", "/suggest/?q=گذرنمه"):
        with django_assert_max_num_queries(16):
            page(address)


def test_a_title_that_nobody_wrote_in_english_says_that_it_is_persian(card: ServiceCard) -> None:
    card.title_en = ""
    card.save()
    publish(card=card)

    assert "in Persian" in page("/en/services/")
    assert "به فارسی" not in page("/services/")
