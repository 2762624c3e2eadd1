"""The official form as PDF: Persian that can be read and copied, and nothing but text."""

import pytest
from django.test import Client
from pypdfium2 import PdfDocument
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from catalog.models import ServiceCard
from catalog.operations import issue
from catalog.sheets import pdf
from tests.catalog.sheets.conftest import FULL, longer_than_a_page

pytestmark = pytest.mark.django_db

TRICKS = '#read("/etc/passwd") \\ *bold* _low_ $x^2$ `code` @ref <label> // no /* comment'


def read(address: str) -> PdfDocument:
    response = Client().get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    return PdfDocument(response.content)


def words(document: PdfDocument) -> str:
    """What somebody who marks everything and copies it gets."""
    said = "\n".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(said.split())


def test_the_persian_pdf_holds_the_words_in_their_order_and_its_own_letters(
    full: ServiceCard,
) -> None:
    document = read("/services/unpaid-wages.pdf")

    assert document.get_metadata_dict()["Title"] == "رسیدگی به حقوق معوقه"
    text = words(document)
    for said in (
        "رسیدگی به حقوق معوقه",
        "گذرنامه",
        "۱٬۵۰۰٬۰۰۰",
        "ثبت دادخواست",
        "88888888",
    ):
        assert said in text, said
    fonts = [each.get_font() for page in document for each in page.get_objects([FPDF_PAGEOBJ_TEXT])]
    assert {each.get_base_name().split("+")[-1].split("-")[0] for each in fonts} == {"Vazirmatn"}
    assert all(each.is_embedded for each in fonts)


def test_the_english_pdf_says_what_is_persian_in_it(full: ServiceCard) -> None:
    text = words(read("/en/services/unpaid-wages.pdf"))

    assert "Workers" in text
    assert "شرح" in text
    assert "in Persian" in text


def test_nothing_in_a_card_is_read_as_typst(full: ServiceCard) -> None:
    issue(
        card=full,
        content=FULL | {"conditions": {"fa": TRICKS, "en": TRICKS}, "processes": [TRICKS]},
    )

    text = words(read("/en/services/unpaid-wages.pdf"))

    assert "".join(TRICKS.split()) in "".join(text.split())
    assert "root:" not in text


def test_a_form_of_any_length_is_set(full: ServiceCard) -> None:
    issue(card=full, content=longer_than_a_page())

    assert len(read("/services/unpaid-wages.pdf")) > 5


def test_a_pdf_changes_with_its_edition_and_language_only(full: ServiceCard) -> None:
    first = Client().get("/services/unpaid-wages.pdf")
    mark = first.headers["ETag"]

    again = Client().get("/services/unpaid-wages.pdf", headers={"If-None-Match": mark})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().get("/en/services/unpaid-wages.pdf").headers["ETag"] != mark
    pdf._typeset.cache_clear()
    assert Client().get("/services/unpaid-wages.pdf").content == first.content
    issue(card=full, content=FULL | {"output": {"fa": "چیز دیگر", "en": ""}})
    changed = Client().get("/services/unpaid-wages.pdf", headers={"If-None-Match": mark})
    assert changed.status_code == 200


def test_whoever_waits_too_long_is_told_to_come_again(
    full: ServiceCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "PATIENCE", 0.01)

    with pdf._turn:
        answer = Client().get("/services/unpaid-wages.pdf")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
