"""A service that is a part of another: its form says so, a column repeats it, pages show it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalog.form.content import Content
from catalog.importing.operation import Source, Wishes, import_cards
from catalog.importing.rows import Report
from catalog.models import ServiceCard
from catalog.operations import (
    Imprint,
    issue,
    out_of_date,
    repeat_what_is_in_force,
    retire,
    snapshot_of,
)
from catalog.parents import ParentError, problems_of_parent
from tests.people import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def appeal(card: ServiceCard) -> ServiceCard:
    """A second card, which nobody has published yet."""
    return ServiceCard.objects.create(
        slug="appeal",
        code="T-02",
        unit=card.unit,
        skill=card.skill,
        title_fa="اعتراض به رأی",
        content={"steps": [{"order": 1, "fa": "ثبت"}], "needs_no_documents": True},
    )


def published_below(card: ServiceCard, parent: str | None, **imprint: Any) -> ServiceCard:
    content = snapshot_of(card) | {"parent": parent}
    issue(card=card, content=content, imprint=Imprint(**imprint))
    card.refresh_from_db()
    return card


def test_publishing_fills_the_column_from_the_form(card: ServiceCard, appeal: ServiceCard) -> None:
    assert published_below(appeal, "unpaid-wages").parent == card
    assert published_below(appeal, None).parent is None


def test_a_parent_must_exist_and_be_no_part_of_its_part(
    card: ServiceCard, appeal: ServiceCard
) -> None:
    published_below(appeal, "unpaid-wages")

    for child, parent in ((card, "appeal"), (card, "unpaid-wages"), (appeal, "nothing")):
        with pytest.raises(ParentError):
            published_below(child, parent)
    assert card.editions.count() == 1
    assert problems_of_parent(appeal, Content(parent="nothing"))[0].field == "parent"
    assert problems_of_parent(appeal, Content(parent="unpaid-wages")) == []


def test_editions_to_come_never_close_a_circle(card: ServiceCard, appeal: ServiceCard) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    published_below(appeal, None)
    published_below(appeal, "unpaid-wages", valid_from=tomorrow)
    published_below(card, "appeal", valid_from=tomorrow)
    yesterday = timezone.localdate() - timedelta(days=1)
    for each in (card, appeal):
        each.editions.update(valid_from=yesterday)

    for each in out_of_date():
        repeat_what_is_in_force(card=each)

    assert out_of_date() == []
    assert ServiceCard.objects.filter(parent=None).count() == 1


def row(address: str, parent: str | None = None, **more: Any) -> dict[str, Any]:
    said = {"title": {"fa": address}, "unit": "labour", "skill": "labour", **more}
    return {"slug": address, "code": address, "parent": parent, **said}


def take_in(rows: list[dict[str, Any]]) -> Report:
    raw = json.dumps({"services": rows}).encode()
    return import_cards(source=Source(raw, "json"), wishes=Wishes())


@pytest.mark.usefixtures("labour", "skill")
def test_an_import_takes_parents_from_anywhere_in_the_file_and_refuses_what_hangs_on_nothing() -> (
    None
):
    rows = [
        row("part-of-a-part", "part"),
        row("part", "whole"),
        row("whole"),
        row("round", "about"),
        row("about", "round"),
        row("lost", "nowhere"),
        row("refused", unit="nothing"),
        row("orphan", "refused"),
    ]

    report = take_in(rows)

    assert (report.created, len(report.refused)) == (3, 5)
    assert ServiceCard.objects.get(slug="part-of-a-part").parent.parent.slug == "whole"  # type: ignore[union-attr]
    reasons = " ".join(each.reason for each in report.refused)
    assert "nowhere" in reasons
    assert "refused" in reasons
    assert take_in(rows[:3]).unchanged == 3
    assert len(take_in([row("whole", "part-of-a-part")]).refused) == 1
    assert take_in([row("part", None)]).changed == 1
    assert ServiceCard.objects.get(slug="part").parent is None


def page(address: str) -> str:
    response = browser_of(None).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_parts_under_their_service(card: ServiceCard, appeal: ServiceCard) -> None:
    published_below(appeal, "unpaid-wages")

    text = page("/en/services/")

    assert text.count('<article class="tile">') == 1
    assert "2 service cards found." in text
    under = text[text.index("<details") : text.index("</details>")]
    assert "One sub-service" in under
    assert 'href="/en/services/appeal/"' in under


def test_found_alone_a_part_names_its_service(card: ServiceCard, appeal: ServiceCard) -> None:
    published_below(appeal, "unpaid-wages")

    for address in ("/en/services/?q=اعتراض", "/en/services/appeal/", "/en/services/appeal/form/"):
        text = page(address)
        assert 'href="/en/services/unpaid-wages/"' in text, address
        assert "Part of the service" in text
    assert 'href="/en/services/appeal/"' in page("/en/services/unpaid-wages/")


def test_a_part_whose_service_is_retired_stands_alone(
    card: ServiceCard, appeal: ServiceCard
) -> None:
    published_below(appeal, "unpaid-wages")
    retire(card=card)

    assert page("/services/").count('<article class="tile">') == 1
    for address in ("/services/", "/services/appeal/", "/services/appeal/form/"):
        assert 'href="/services/unpaid-wages/"' not in page(address)
