"""The full form, as a page: every field, in the reader's language or visibly in the other one."""

from typing import Any

import msgspec
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.form import choices
from catalog.form.content import Content
from catalog.models import ServiceCard
from catalog.operations import retire
from tests.catalog.sheets.conftest import FULL
from tests.people import browser_of

pytestmark = pytest.mark.django_db

# Codes of choices are shown by their labels; the rest by itself, in the reader's digits.
LABELS = {
    "G2C": "خدمت به شهروندان",
    "rural": "روستایی",
    "marriage": "ازدواج",
    "sovereign": "حاکمیتی",
    "sms": "پیام کوتاه",
    "batch": "دسته‌ای",
}


def page(address: str, browser: Client | None = None) -> str:
    response = (browser or browser_of(None)).get(address)
    assert response.status_code == 200
    return response.content.decode()


def texts_in(value: Any, name: str = "") -> list[str]:
    """Every text that somebody typed into the form."""
    if isinstance(value, dict):
        return [text for key, each in value.items() for text in texts_in(each, key)]
    if isinstance(value, list):
        return [text for each in value for text in texts_in(each, name)]
    return [value] if isinstance(value, str) else []


def codes() -> set[str]:
    listed = [each for each in vars(choices).values() if isinstance(each, type)]
    return {str(code) for each in listed for code in getattr(each, "values", ())}


def test_the_full_form_leaves_out_no_field(full: ServiceCard) -> None:
    """The filled form fills every field that there is; each text of it stands on the page."""
    assert {*FULL, "needs_no_documents", "parent"} == {
        each.name for each in msgspec.structs.fields(Content)
    }
    text = page("/services/unpaid-wages/form/")

    typed = {*texts_in(FULL)} - codes() - {"appeal", "1369/08/29"}
    persian_first = {each for each in typed if each.isascii() and " " in each} | {
        pair["en"] for pair in pairs_in(FULL) if pair["fa"]
    }
    missing = [each for each in typed - persian_first if each not in text]
    assert missing == []
    for shown in [*LABELS.values(), "۱٬۲۰۰", "۱٬۵۰۰٬۰۰۰", "۷۰٬۰۰۰", "۹٬۰۰۰", "۱۳۶۹/۰۸/۲۹", "T-01"]:
        assert shown in text, shown
    assert "/services/appeal/" in text


def pairs_in(value: Any) -> list[dict[str, str]]:
    if isinstance(value, list):
        return [pair for each in value for pair in pairs_in(each)]
    if not isinstance(value, dict):
        return []
    own = (
        [{"fa": value["fa"], "en": value.get("en", "")}] if isinstance(value.get("fa"), str) else []
    )
    return own + [pair for each in value.values() for pair in pairs_in(each)]


def test_what_is_missing_in_english_is_shown_in_persian_and_says_so(full: ServiceCard) -> None:
    for address in ("/en/services/unpaid-wages/form/", "/en/services/unpaid-wages/"):
        text = page(address)
        fallback = '<bdi lang="fa" dir="rtl">شرح کار</bdi> <span class="badge tongue">in Persian'
        assert fallback in text, address
        assert "Workers" in text
        assert "کارگران" not in text


def test_what_nobody_stated_is_said_quietly(card: ServiceCard) -> None:
    text = page("/en/services/unpaid-wages/form/")

    assert '<span class="quiet">Not stated</span>' in text
    assert text.index("1.</span> Title") < text.index("10.</span> Chart") < text.index("Who filled")


def test_what_a_card_says_is_text_and_nothing_else(card: ServiceCard, full: ServiceCard) -> None:
    edition = full.edition_in_force()
    assert edition
    edition.snapshot |= {"conditions": {"fa": "<script>alert(1)</script>", "en": ""}}
    edition.save()

    assert "<script>alert" not in page("/services/unpaid-wages/form/")


def test_the_forms_of_a_card_lead_to_each_other(card: ServiceCard) -> None:
    short, form, sheet = (
        page(f"/services/unpaid-wages/{part}") for part in ("", "form/", "print/")
    )

    for address in ("form/", "print/"):
        assert f'href="/services/unpaid-wages/{address}"' in short
    assert 'href="/services/unpaid-wages.jsonld"' in short
    for text in (form, sheet):
        assert 'href="/services/unpaid-wages/"' in text
    assert 'href="/ask/?card=unpaid-wages"' in short
    assert 'href="/file/?card=unpaid-wages"' in short


def test_a_retired_card_has_none_of_its_forms(card: ServiceCard) -> None:
    retire(card=card)

    for address in ("/form/", "/print/", ".pdf"):
        assert browser_of(None).get(f"/services/unpaid-wages{address}").status_code == 404


def test_the_forms_ask_the_database_a_few_times_only(
    full: ServiceCard, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in ("", "form/", "print/"):
        with django_assert_max_num_queries(9):
            page(f"/services/unpaid-wages/{address}")
