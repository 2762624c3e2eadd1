"""The print sheet is one A4, whatever a card says: Chromium prints it, the pages are counted."""

from typing import Any

import pytest
from playwright.sync_api import Page
from pypdfium2 import PdfDocument

from catalog.models import ServiceCard
from catalog.operations import issue, snapshot_of
from tests.browser.people import People
from tests.catalog.sheets.conftest import FULL, longer_than_a_page

pytestmark = pytest.mark.browser

LONG_ROW = "مدرکی که نامش در یک سطر برگه جا نمی‌شود و به سطر دوم می‌رسد"
A4 = (595, 842)  # Points.


def filled_to_the_brim(rows: int) -> dict[str, Any]:
    """As many rows as are about to need the next smaller letters."""
    return FULL | {
        "description": {"fa": "شرحی که چند سطر را پر می‌کند. " * 12, "en": ""},
        "documents": [{"fa": LONG_ROW} for _number in range(rows)],
        "laws": [{"fa": f"قانون شمارهٔ {number}"} for number in range(6)],
        "related": [],
    }


def printed(page: Page, slug: str) -> PdfDocument:
    page.goto(f"services/{slug}/print/")
    return PdfDocument(page.pdf(prefer_css_page_size=True))


def test_the_longest_cards_are_printed_on_one_a4(people: People) -> None:
    slugs = ["foreign-work-permit", "private-employment-agency-licence"]
    contents = [*(filled_to_the_brim(rows) for rows in (9, 13, 18)), longer_than_a_page()]
    others = ServiceCard.objects.exclude(slug__in=slugs)[: len(contents)]
    for card, content in zip(others, contents, strict=True):
        issue(card=card, content=snapshot_of(card) | content)
        slugs.append(card.slug)

    for language in ("fa", "en"):
        page = people(language)
        for slug in slugs:
            document = printed(page, slug)
            size = tuple(round(each) for each in document[0].get_size())
            assert (len(document), size) == (1, A4), (language, slug)
