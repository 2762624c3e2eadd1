"""What is published of the cases about a service: nothing before ten of them can be counted."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from catalog.models import ServiceCard
from consult.models import Case
from desk.figures import CaseFigures, case_figures
from desk.models import Ticket
from tests.people import browser_of

pytestmark = pytest.mark.django_db


def cases(card: ServiceCard, count: int, *, days: int | None = None, ago: int = 30) -> None:
    """So many cases about this card, each with a ticket; answered after so many days, or open."""
    cache.clear()
    already = Case.objects.count()
    filed = timezone.now() - timedelta(days=ago)
    for number in range(already, already + count):
        code = f"{number:012}"
        case = Case.objects.create(tracking_code=code, subject="…", card=card, asked_digest=code)
        Ticket.objects.create(
            case=case,
            card=card,
            unit=card.unit,
            priority=3,
            subject="…",
            created_at=filed,
            first_response_due_at=filed,
            resolution_due_at=filed,
            status="new" if days is None else "resolved",
            resolved_at=None if days is None else filed + timedelta(days=days),
        )


def test_nine_cases_say_nothing_and_ten_say_how_many_are_open(card: ServiceCard) -> None:
    cases(card, 9)
    assert case_figures(card.pk) == CaseFigures()

    cases(card, 1)
    assert case_figures(card.pk) == CaseFigures(open=10)


def test_nine_answers_say_nothing_and_ten_say_how_long_half_of_them_took(
    card: ServiceCard,
) -> None:
    cases(card, 5, days=2)
    cases(card, 4, days=20)
    cases(card, 3)
    assert case_figures(card.pk) == CaseFigures(open=3)

    cases(card, 1, days=8)
    assert case_figures(card.pk) == CaseFigures(open=3, days=2)
    cases(card, 1, days=9)
    assert case_figures(card.pk) == CaseFigures(open=3, days=8)


def test_what_was_answered_long_ago_or_about_something_else_does_not_count(
    card: ServiceCard,
) -> None:
    other = ServiceCard.objects.create(
        slug="other", code="T-09", unit=card.unit, skill=card.skill, title_fa="دیگر"
    )
    cases(other, 12, days=3)
    cases(card, 12, days=3, ago=500)

    assert case_figures(card.pk) == CaseFigures(open=0)


def test_the_pages_show_them_and_ask_once_in_a_while(
    card: ServiceCard, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cases(card, 10, days=4)
    cases(card, 3)

    with django_assert_num_queries(1):
        case_figures(card.pk)
        case_figures(card.pk)
    for address in ("", "form/"):
        text = browser_of(None).get(f"/en/services/unpaid-wages/{address}").content.decode()
        assert "3 cases about this service are open now." in " ".join(text.split())
        assert "came within 4 days." in text
    cache.clear()
    Ticket.objects.all().delete()
    page = browser_of(None).get("/services/unpaid-wages/").content.decode()
    assert 'id="figures"' not in page
