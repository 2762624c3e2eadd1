"""One A4: set smaller, then shortened, and what is left out is counted."""

import pytest

from catalog.form.content import read
from catalog.models import ServiceCard
from catalog.operations import issue
from catalog.sheets.one_page import sheet_of
from tests.catalog.sheets.conftest import FULL, longer_than_a_page
from tests.people import browser_of


def test_a_usual_card_is_shown_whole() -> None:
    sheet = sheet_of(read(FULL), "fa")

    assert (sheet.density, sheet.is_cut, sheet.documents.more) == ("roomy", False, 0)


def test_a_longer_card_is_set_smaller_before_anything_is_left_out() -> None:
    documents = [{"fa": f"مدرک شمارهٔ {number} با نامی نه چندان کوتاه"} for number in range(12)]

    sheet = sheet_of(read(FULL | {"documents": documents}), "fa")

    assert sheet.density != "roomy"
    assert (len(sheet.documents.rows), sheet.documents.more, sheet.is_cut) == (12, 0, False)


def test_what_does_not_fit_is_counted() -> None:
    sheet = sheet_of(read(longer_than_a_page()), "fa")

    assert (sheet.density, sheet.is_cut) == ("closest", True)
    assert len(sheet.documents.rows) + sheet.documents.more == 40
    assert sheet.documents.more > 0
    assert sheet.description.fa.endswith("…")


@pytest.mark.django_db
def test_the_sheet_leads_back_to_a_counsellor_and_counts_what_it_leaves_out(
    full: ServiceCard,
) -> None:
    issue(card=full, content=longer_than_a_page())

    text = browser_of(None).get("/en/services/unpaid-wages/print/").content.decode()

    assert "more in the full form" in text
    assert "printed on" in text
    assert 'class="qr"' in text
    assert "style=" not in text
    assert "/en/ask/?card=unpaid-wages" in text
