"""An editor's day, in Persian: draft, a colleague in the way, review, publish, compare, correct."""

import pytest
from playwright.sync_api import Page, expect

from catalog.models import CardEdition, ServiceCard
from tests.browser.people import PHONE, People
from tests.browser.steps import sign_in

pytestmark = pytest.mark.browser

SLUG = "unemployment-insurance-referral"
NEW_TITLE = "معرفی بیکاران به صندوق بیمهٔ بیکاری"
DOCUMENT = "گواهی آخرین کارفرما"


def save(page: Page) -> None:
    page.locator(".card-form .side button").first.click()
    expect(page.locator(".notices .good")).to_be_visible()


def test_a_card_is_corrected_reviewed_and_published(people: People) -> None:
    elham, mina, citizen = people(), people(), people(size=PHONE)
    sign_in(elham, "elham")
    sign_in(mina, "mina")

    # Draft.
    expect(elham).to_have_url(f"{people.address}/staff/cards/")
    elham.locator(f'td.head a[href*="{SLUG}"]').click()
    mina.goto(f"staff/cards/{SLUG}/")
    elham.fill("[name=title__fa]", NEW_TITLE)
    elham.select_option("[name=fee__kind]", "fixed")
    elham.fill("[name=fee__amount_irr]", "۲۵۰٬۰۰۰")
    rows = elham.locator('[data-rows="documents"]')
    rows.locator("button[name=add]").click()
    elham.keyboard.type(DOCUMENT)
    added = rows.locator(".row-form").last
    for _times in range(3):
        added.locator('[data-move="-1"]').click()
        added = rows.locator(".row-form", has=elham.locator("[data-move]:focus"))
    elham.fill("[name=note]", "هزینه و یک مدرک")
    save(elham)
    people.picture(elham, "editor-form")

    # A colleague had it open, too: she is told, and her words are still there.
    people.forgive("409")
    mina.fill("[name=note]", "نوشتهٔ مینا")
    mina.locator(".card-form .side button").first.click()
    is_told(mina)
    people.picture(mina, "editor-told")

    # Review: one's own is not let out.
    elham.goto(f"staff/cards/{SLUG}/review/")
    expect(elham.locator(".changes")).to_contain_text(DOCUMENT)
    expect(elham.locator(".changes")).to_contain_text("۲۵۰٬۰۰۰")
    elham.click("button[value=submit]")
    expect(elham.locator("button[value=approve]")).to_have_count(0)

    # Publish.
    mina.goto("staff/cards/?stage=in_review")
    mina.locator("td.head a").click()
    people.picture(mina, "editor-review")
    mina.click("button[value=approve]")
    expect(mina.locator(".notices .good")).to_be_visible()
    citizen.goto(f"services/{SLUG}/")
    expect(citizen.locator("h1")).to_have_text(NEW_TITLE)
    expect(citizen.locator(".docs li").nth(3)).to_contain_text(DOCUMENT)

    # Compare.
    mina.goto(f"staff/cards/{SLUG}/editions/")
    expect(mina.locator(".changes")).to_contain_text(NEW_TITLE)
    people.picture(mina, "editor-editions")

    # Correct: the next edition, the other way round.
    mina.goto(f"staff/cards/{SLUG}/")
    mina.select_option("[name=fee__kind]", "free")
    mina.fill("[name=fee__amount_irr]", "")
    save(mina)
    mina.goto(f"staff/cards/{SLUG}/review/")
    mina.click("button[value=submit]")
    elham.goto(f"staff/cards/{SLUG}/review/")
    expect(elham.locator("button[value=approve]")).to_have_count(0)  # She may not publish.

    card = ServiceCard.objects.get(slug=SLUG)
    assert [each.number for each in CardEdition.objects.filter(card=card)] == [2, 1]


def is_told(second: Page) -> None:
    """What the faster one wrote stands above, a line below the other, and one's own is kept."""
    told = second.locator('[role="alert"]')
    expect(told).to_contain_text(NEW_TITLE)
    expect(second.locator("[name=note]")).to_have_value("نوشتهٔ مینا")
    assert told.evaluate("told => told.children[1].offsetTop > told.children[0].offsetTop")
