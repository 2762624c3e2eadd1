"""The editors' list: found by a piece of a title or a code, fifty a page, one's own units only."""

import pytest
from django.test import Client

from accounts.models import Role, User
from agency.models import Skill, Unit
from catalog.models import CardDraft, ServiceCard
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db

LIST = "/staff/cards/"


@pytest.fixture
def many(labour: Unit, skill: Skill) -> list[ServiceCard]:
    """A hundred and twenty drafts, which the public search does not know."""
    return ServiceCard.objects.bulk_create(
        ServiceCard(
            slug=f"licence-{number}",
            code=f"PX-{number:03}",
            unit=labour,
            skill=skill,
            title_fa=f"پروانهٔ کسب‌وکار {number:03}",
            title_en=f"Licence {number:03}",
        )
        for number in range(120)
    )


def codes(browser: Client, query: str) -> list[str]:
    return [each.card.code for each in browser.get(LIST + query).context["standings"]]


@pytest.mark.usefixtures("many")
def test_there_are_fifty_a_page_and_each_card_once(elham: User) -> None:
    browser = browser_of(elham)

    pages = [codes(browser, f"?page={number}") for number in (1, 2, 3)]

    assert [len(each) for each in pages] == [50, 50, 20]
    assert len({code for page in pages for code in page}) == 120
    assert codes(browser, "?page=99") == pages[2]
    assert codes(browser, "?page=x&stage=nonsense") == pages[0]


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    "q", ["px-007", "licence-7", "LICENCE 007", "پروانه كسب و كار ۰۰۷", "کسب‌وکار 007"]
)
def test_a_card_is_found_by_a_piece_of_its_title_or_code_however_typed(elham: User, q: str) -> None:
    assert "PX-007" in codes(browser_of(elham), f"?q={q}")


def test_what_a_draft_calls_it_counts_and_the_stage_still_narrows(
    elham: User, many: list[ServiceCard]
) -> None:
    draft = {"title": {"fa": "عنوان تازه", "en": "Fresh name"}}
    CardDraft.objects.create(card=many[3], content=draft)
    browser = browser_of(elham)

    assert codes(browser, "?q=fresh") == ["PX-003"]
    assert codes(browser, "?q=px&stage=writing") == ["PX-003"]
    assert codes(browser, "?q=px&stage=published") == []


@pytest.mark.usefixtures("many")
def test_the_next_page_keeps_the_words_and_the_stage(elham: User) -> None:
    page = browser_of(elham).get(f"{LIST}?q=پروانه&stage=draft").content.decode()

    assert 'rel="next" href="?stage=draft&amp;q=%D9%BE' in page


@pytest.mark.usefixtures("many")
def test_an_editor_of_another_unit_finds_none_of_them(welfare: Unit) -> None:
    stranger = person("nobody", "هیچ‌کس", Role.EDITOR, welfare)

    assert codes(browser_of(stranger), "?q=px") == []
    assert codes(browser_of(stranger), "") == []
