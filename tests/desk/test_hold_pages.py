"""Asking the citizen to wait: the reason they read is chosen, or in the counsellor's own words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from consult.models import Consultation
from tests.people import browser_of

pytestmark = pytest.mark.django_db


def hold(browser: Client, talk: Consultation, **typed: Any) -> str:
    """What the counsellor's page says afterwards."""
    form = {"epoch": talk.epoch, "minutes": 5, **typed}
    page = browser.post(reverse("desk:hold", args=[talk.pk]), form, follow=True)
    talk.refresh_from_db()
    return page.content.decode()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ({"reason": "دارم جست‌وجو می‌کنم", "own_words": ""}, "دارم جست‌وجو می‌کنم"),
        ({"reason": "دارم جست‌وجو می‌کنم", "own_words": "از بایگانی می‌پرسم"}, "از بایگانی می‌پرسم"),
        ({"own_words": "از بایگانی می‌پرسم"}, "از بایگانی می‌پرسم"),
    ],
    ids=["chosen", "both", "typed"],
)
def test_own_words_go_before_the_choice(
    oscar: User, talk: Consultation, typed: dict[str, str], read: str
) -> None:
    page = hold(browser_of(oscar), talk, **typed)

    assert (talk.is_on_hold, talk.hold_reason) == (True, read)
    assert read in page


@pytest.mark.parametrize("typed", [{}, {"reason": " ", "own_words": "\u202e"}])
def test_nobody_is_kept_waiting_without_a_reason(
    oscar: User, talk: Consultation, typed: dict[str, str]
) -> None:
    page = hold(browser_of(oscar), talk, **typed)

    assert not talk.is_on_hold
    assert "شهروند چرا منتظر می‌ماند" in page


def test_the_choices_are_in_the_citizens_language(oscar: User, talk: Consultation) -> None:
    page = browser_of(oscar).get(f"/en/staff/console/{talk.pk}/").content.decode()

    assert 'name="reason" value="دارم جست‌وجو می‌کنم" checked' in page
