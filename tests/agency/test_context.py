"""What every page knows without asking for it."""

from datetime import date, time
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from agency.context import words
from agency.models import Agency, OpeningHours, Topic, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Agency:
    """Open from Saturday to Tuesday, shorter on Wednesday; the old hours no longer count."""
    agency = Agency.objects.create(code="office", name_fa="اداره", name_en="Office")
    unit = Unit.objects.create(agency=agency, code="unit", title_fa="واحد")
    Topic.objects.create(code="accident", unit=unit, title_fa="حادثه", urgent=True)
    week = [(day, time(14, 30)) for day in (5, 6, 0, 1)] + [(2, time(13))]
    OpeningHours.objects.create(
        weekday=3, opens_at=time(9), closes_at=time(10), valid_from=date(2020, 1, 1)
    )
    for weekday, closes_at in week:
        OpeningHours.objects.create(
            weekday=weekday, opens_at=time(7, 30), closes_at=closes_at, valid_from=date(2026, 1, 1)
        )
    return agency


def known() -> dict[str, Any]:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return words(request)


@pytest.mark.usefixtures("office")
def test_the_hours_are_told_by_spans_of_days() -> None:
    with translation.override("en"):
        told = str(known()["hours_line"])

    assert told == "Saturday to Tuesday, 7:30 to 14:30; Wednesday, 7:30 to 13:00"


def test_an_office_without_hours_tells_none() -> None:
    assert str(known()["hours_line"]) == ""


@pytest.mark.usefixtures("office")
def test_nothing_is_asked_before_it_is_said_and_then_two_questions_are_enough(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        page = known()

    with django_assert_num_queries(2):
        said = [str(page["agency"]), str(page["hours_line"]), str(page["emergency_topic"])]

    assert said[2] == "accident"


def test_a_citizen_is_shown_no_way_into_the_staff_pages() -> None:
    assert list(known()["nav"]) == []
