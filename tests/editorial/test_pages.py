"""The editors' pages, without a script: what is typed is kept, whatever becomes of it."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Role, User
from agency.models import Skill, Unit
from catalog.models import CardDraft, CardEdition, ServiceCard
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db

PAGE = "/staff/cards/unpaid-wages/"


def fields(browser: Client, page: str = PAGE) -> dict[str, Any]:
    """What the browser would send back of the form, untouched."""
    context = browser.get(page).context
    said: dict[str, Any] = {}
    for form in [context["form"], *(row for rows in context["rows"].values() for row in rows)]:
        for field in form:
            value = field.value()
            if value is True:
                said[field.html_name] = "on"
            elif value is not None and value is not False:
                said[field.html_name] = value if isinstance(value, list) else str(value)
    for rows in context["rows"].values():
        for field in rows.management_form:
            said[field.html_name] = str(field.value())
    return said


def test_what_is_opened_and_saved_untouched_is_the_same(elham: User, card: ServiceCard) -> None:
    browser = browser_of(elham)

    answer = browser.post(PAGE, {**fields(browser), "review": "1"})
    review = browser.get(answer.url)  # type: ignore[attr-defined]

    assert CardDraft.objects.get().author == elham
    assert review.context["changes"] == []


def test_persian_figures_and_days_are_read(elham: User, card: ServiceCard) -> None:
    browser = browser_of(elham)
    typed = {
        **fields(browser),
        "fee__kind": "fixed",
        "fee__amount_irr": "۱٬۲۵۰٬۰۰۰",
        "in_person_visits": "٢",
        "valid_from": "۱۴۰۵-۱۰-۰۱",
        "keywords__fa": "مزد\nحقوق",
    }

    browser.post(PAGE, typed)

    draft = CardDraft.objects.get()
    assert draft.content["fee"]["amount_irr"] == 1_250_000
    assert draft.content["in_person_visits"] == 2
    assert draft.content["keywords"]["fa"] == ["مزد", "حقوق"]
    assert str(draft.valid_from) == "2026-12-22"
    assert "1405/10/01" in browser.get(PAGE).content.decode()


def test_what_cannot_be_saved_stays_as_it_was_typed(elham: User, card: ServiceCard) -> None:
    browser = browser_of(elham)
    typed = {
        **fields(browser),
        "title__fa": "عنوان در دست نوشتن",
        "fee__amount_irr": "خیلی",
        "valid_to": "فردا",
        "laws-0-date": "پارسال",
    }

    answer = browser.post(PAGE, typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("عنوان در دست نوشتن", "خیلی", "فردا", "پارسال"):
        assert words in page
    assert not CardDraft.objects.exists()


def test_a_row_can_be_added_moved_and_taken_out_without_a_script(
    elham: User, card: ServiceCard
) -> None:
    browser = browser_of(elham)
    typed = {**fields(browser), "steps-1-fa": "رسیدگی", "steps-1-actor": "agency"}

    more = browser.post(PAGE, {**typed, "add": "steps"})
    assert more.status_code == 200
    assert "رسیدگی" in more.content.decode()
    assert not CardDraft.objects.exists()

    typed |= {"steps-TOTAL_FORMS": "3", "steps-2-fa": "پیش از همه", "steps-2-actor": "applicant"}
    typed |= {"steps-0-ORDER": "2", "steps-1-ORDER": "3", "steps-2-ORDER": "1"}
    browser.post(PAGE, {**typed, "documents-0-DELETE": "on"})

    content = CardDraft.objects.get().content
    assert [(each["order"], each["fa"]) for each in content["steps"]] == [
        (1, "پیش از همه"),
        (2, "ثبت دادخواست"),
        (3, "رسیدگی"),
    ]
    assert content["documents"] == []


def test_the_second_of_two_reads_what_the_first_saved_and_keeps_their_own(
    elham: User, mina: User, card: ServiceCard
) -> None:
    first, second = browser_of(elham), browser_of(mina)
    hers, mine = fields(first), fields(second)
    first.post(PAGE, {**hers, "title__fa": "نام الهام"})

    answer = second.post(PAGE, {**mine, "title__fa": "نام مینا"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "نام الهام" in page
    assert "نام مینا" in page
    assert CardDraft.objects.get().content["title"]["fa"] == "نام الهام"

    again = {**mine, "title__fa": "نام مینا", "version": answer.context["form"]["version"].value()}
    assert second.post(PAGE, again).status_code == 302
    assert CardDraft.objects.get().content["title"]["fa"] == "نام مینا"


def test_a_card_is_handed_over_sent_back_and_published(
    elham: User, mina: User, card: ServiceCard
) -> None:
    writer, reader = browser_of(elham), browser_of(mina)
    writer.post(PAGE, {**fields(writer), "title__fa": "نام نو", "service_type": ["G2C"]})
    version = CardDraft.objects.get().version
    review = f"{PAGE}review/"

    writer.post(review, {"act": "submit", "version": version})
    assert writer.post(review, {"act": "approve", "version": version}).status_code == 403
    assert reader.post(review, {"act": "send_back", "version": version}).status_code == 422
    reader.post(review, {"act": "send_back", "version": version, "because": "مبلغ؟"})
    assert "مبلغ؟" in writer.get(PAGE).content.decode()
    writer.post(review, {"act": "submit", "version": version})
    assert reader.post(review, {"act": "approve", "version": version - 1}).status_code == 409
    reader.post(review, {"act": "approve", "version": version})

    assert CardEdition.objects.count() == 2
    assert "نام نو" in browser_of(None).get("/services/unpaid-wages/").content.decode()
    compared = reader.get(f"{PAGE}editions/?from=1&to=2")
    assert {each.field for each in compared.context["changes"]} >= {"title", "service_type"}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("related", "unpaid wages"),
        ("keywords__fa", "م" * 301),
        ("url", "ftp://example.org/"),
        ("parent", "حقوق معوقه"),
        ("steps-0-next", "0"),
        ("laws-0-link", f"https://example.org/{'a' * 500}"),
    ],
)
def test_what_the_form_does_not_take_is_said_at_its_field(
    elham: User, card: ServiceCard, field: str, wrong: str
) -> None:
    browser = browser_of(elham)
    row = {f"{name}-0-fa": "چیزی" for name in ("steps", "laws")}
    answer = browser.post(PAGE, {**fields(browser), **row, field: wrong})

    assert answer.status_code == 422
    assert f'<a href="#id_{field}">' in answer.content.decode()
    assert not answer.context["form"].non_field_errors()


@pytest.mark.parametrize("act", ["submit", "send_back", "discard", "approve"])
def test_who_decides_on_a_draft_that_is_gone_is_told(
    mina: User, card: ServiceCard, act: str
) -> None:
    typed = {"act": act, "version": 1, "because": "مبلغ؟"}
    answer = browser_of(mina).post(f"{PAGE}review/", typed)

    assert answer.status_code == 409
    assert answer.context["fault"]


def test_a_row_is_not_added_to_nonsense(elham: User, card: ServiceCard) -> None:
    browser = browser_of(elham)
    for said in ("abc", "²", ""):
        typed = {**fields(browser), "add": "steps", "steps-TOTAL_FORMS": said}
        assert "نو" in browser.post(PAGE, {**typed, "title__fa": "نو"}).content.decode()


def test_what_blocks_publication_is_said_at_the_field(elham: User, card: ServiceCard) -> None:
    browser = browser_of(elham)
    browser.post(PAGE, {**fields(browser), "title__fa": ""})

    page = browser.get(PAGE)

    assert {"title", "service_type"} <= set(page.context["blocking"])
    assert 'href="#part-title"' in page.content.decode()


def test_strangers_and_colleagues_find_nothing(
    oscar: User, welfare: Unit, card: ServiceCard
) -> None:
    other = person("sina", "سینا", Role.EDITOR, welfare)
    for path in ("", "review/", "editions/"):
        assert browser_of(None).get(f"{PAGE}{path}").status_code == 302
        assert browser_of(oscar).get(f"{PAGE}{path}").status_code == 404
        assert browser_of(other).get(f"{PAGE}{path}").status_code == 404
    assert browser_of(other).get("/staff/cards/").context["standings"] == []
    assert browser_of(other).post(f"{PAGE}standing/", {"act": "retire"}).status_code == 404


def test_a_new_card_needs_a_free_address(
    elham: User, skill: Skill, labour: Unit, card: ServiceCard
) -> None:
    browser = browser_of(elham)
    typed = {"title": "نو", "slug": card.slug, "code": "T-9", "unit": labour.pk, "skill": skill.pk}

    taken = browser.post("/staff/cards/new/", typed)
    assert "slug" in taken.context["form"].errors
    assert "نو" in taken.content.decode()

    begun = browser.post("/staff/cards/new/", {**typed, "slug": "brand-new"})
    assert begun.url == "/staff/cards/brand-new/"  # type: ignore[attr-defined]
    assert browser.get(begun.url).status_code == 200  # type: ignore[attr-defined]
