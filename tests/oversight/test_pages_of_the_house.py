"""What every page has in common: its language, its headers, and no script that is not ours."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agency.models import Topic
from catalog.models import ServiceCard
from consult.models import Citizen, Consultation
from desk.operations import become_ticket
from tests.people import browser_of

pytestmark = pytest.mark.django_db

Pages = dict[str, Any]


@pytest.fixture
def pages(
    alice: Citizen,
    oscar: User,
    sara: User,
    talk: Consultation,
    wages: ServiceCard,
    topic: Topic,
) -> list[tuple[Client, str]]:
    """Whole pages of every kind, each with the browser of somebody who may see it."""
    hers, his, saras = browser_of(alice), browser_of(oscar), browser_of(sara)
    talking = [(hers, talk.get_absolute_url()), (his, f"/staff/console/{talk.pk}/")]
    for browser, url in talking:
        assert browser.get(url).status_code == 200
    ticket = become_ticket(consultation=talk)
    return [
        (Client(), "/"),
        (Client(), "/?q=حقوق"),
        (Client(), "/services/"),
        (Client(), wages.get_absolute_url()),
        (Client(), "/ask/"),
        (Client(), "/file/"),
        (Client(), "/track/"),
        *[(Client(), f"/about/{slug}/") for slug in ("contact", "privacy", "accessibility")],
        (Client(), "/staff/sign-in/"),
        (hers, talk.get_absolute_url()),
        (hers, f"/track/{talk.case.tracking_code}/"),
        (his, "/staff/console/"),
        (his, f"/staff/console/{talk.pk}/"),
        (his, "/staff/tickets/"),
        (his, ticket.get_absolute_url()),
        (saras, "/staff/board/"),
        (saras, "/staff/transcripts/?q=حقوقم"),
        (saras, reverse("oversight:read", args=[talk.pk])),
    ]


def test_every_page_is_in_its_language_and_direction(pages: list[tuple[Client, str]]) -> None:
    for browser, url in pages:
        persian = browser.get(url).content.decode()
        english = browser.get(f"/en{url}").content.decode()

        assert '<html lang="fa" dir="rtl"' in persian, url
        assert '<html lang="en" dir="ltr"' in english, url


def test_every_page_says_what_a_browser_may_do_with_it(pages: list[tuple[Client, str]]) -> None:
    for browser, url in [*pages, (Client(), "/nowhere/")]:
        headers = browser.get(url).headers
        policy = headers["Content-Security-Policy"]

        assert "default-src 'none'" in policy, url
        assert "unsafe" not in policy, url
        assert "*" not in policy, url
        for directive in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
            assert directive in policy, url
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]


def test_no_page_carries_a_script_or_style_within_or_asks_anybody_else(
    pages: list[tuple[Client, str]],
) -> None:
    for browser, url in pages:
        response = browser.get(url)
        body = response.content.decode()

        for script in re.findall(r"<script\b[^>]*>", body):
            assert " src=" in script or "nonce=" in script, (url, script)
        assert not re.search(r"<style\b|\sstyle=|\son\w+=", body), url
        for found in re.findall(r'(?:src|href|action)="([^"]+)"', body):
            assert not re.match(r"(https?:)?//|javascript:|data:", found), (url, found)
        policy = response.headers["Content-Security-Policy"]
        for nonce in re.findall(r'nonce="([^"]+)"', body):
            assert f"'nonce-{nonce}'" in policy, url


def test_a_nonce_is_used_once() -> None:
    browser = Client()

    first, second = (
        re.findall(r'nonce="([^"]+)"', browser.get("/track/").content.decode())[0] for _ in range(2)
    )

    assert first != second


def test_what_is_personal_is_kept_in_no_cache(pages: list[tuple[Client, str]]) -> None:
    for browser, url in pages:
        if browser.cookies:
            cached = browser.get(url).headers.get("Cache-Control", "")
            assert "no-store" in cached or "private" in cached, url


@pytest.mark.parametrize("url", ["/nowhere/", "/en/nowhere/", "/consultations/x/", "/track/x/y/"])
def test_what_is_not_there_is_a_page_too(url: str) -> None:
    response = Client().get(url)

    assert response.status_code == 404
    assert "<html" in response.content.decode()
