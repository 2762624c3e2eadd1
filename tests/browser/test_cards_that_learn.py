"""A card is found by keys, cited, read in its place, found wanting, mended, and measured again."""

import pytest
from playwright.sync_api import Page, expect

from consult.models import Consultation
from tests.browser.axe import faults_of
from tests.browser.people import PHONE, People
from tests.browser.steps import CARD, ask, box, go_on_duty, heard, open_talk, sign_in, words

pytestmark = pytest.mark.browser

QUESTION = "هزینهٔ این کار چقدر است؟ کد ملی من ۰۰۱۲۳۴۵۶۷۹ است."
DRAFT = "سلام، هزینه / مدت"
FEE = "رایگان"


def find(maryam: Page) -> None:
    """Ctrl+K, as on a Persian keyboard, where the key writes another letter."""
    box(maryam).evaluate(
        """box => box.dispatchEvent(new KeyboardEvent("keydown", {
            key: "ن", code: "KeyK", ctrlKey: true, bubbles: true, cancelable: true }))"""
    )
    expect(maryam.locator("#finder-cards [aria-selected=true]")).to_be_visible()


def test_what_a_card_did_not_answer_reaches_its_editor_and_is_measured(people: People) -> None:
    maryam, alice, elham, mina = people(), people(size=PHONE), people(), people()
    sign_in(maryam, "maryam")
    go_on_duty(maryam)
    ask(alice, QUESTION)
    maryam.goto("staff/console/")
    open_talk(maryam, "هزینهٔ این کار")

    cites_by_keys(maryam, people)
    opens_in_place(alice, people)
    notes_what_failed(maryam)
    talk = Consultation.objects.select_related("card_edition").get(card_answered=False)
    assert (talk.failed_field, talk.card_edition and talk.card_edition.number) == ("fee", 1)

    mends(elham, people)
    publishes(mina, people)
    alice.goto(talk.get_absolute_url())
    reads_later(alice, people)


def cites_by_keys(maryam: Page, people: People) -> None:
    """Two keystrokes find a card, a third sends one part of it; the draft is not touched."""
    box(maryam).press_sequentially(DRAFT)
    expect(maryam.locator("canned-replies details[open]")).to_have_count(0)
    find(maryam)
    maryam.keyboard.press("Escape")
    expect(box(maryam)).to_be_focused()
    find(maryam)
    maryam.keyboard.type("بیمه بیکاری")
    maryam.keyboard.press("Enter")  # Before the answer has come.
    expect(maryam.locator("card-finder [data-field=fee]")).to_contain_text(FEE)
    assert faults_of(maryam, "parts") == []
    people.picture(maryam, "finder-parts")
    maryam.keyboard.press("3")
    expect(maryam.locator("card-finder dialog")).to_be_hidden()
    expect(box(maryam)).to_be_focused()
    expect(box(maryam)).to_have_value(DRAFT)
    expect(maryam.locator(".message .citation")).to_have_count(1)


def opens_in_place(alice: Page, people: People) -> None:
    """Live, on a phone, without leaving the conversation."""
    heard(alice, FEE)
    cited = alice.locator(".message .citation").last
    cited.locator("summary").click()
    expect(cited.locator(".cited")).to_contain_text(FEE)
    expect(cited.locator(".said")).to_contain_text("کارت ملی یا شناسنامه")
    expect(cited.locator("summary")).to_be_in_viewport()
    expect(box(alice)).to_be_visible()
    people.picture(alice, "cited-in-place")
    assert faults_of(alice, "cited") == []


def notes_what_failed(maryam: Page) -> None:
    """It did not answer, says the counsellor in two clicks."""
    maryam.locator("[popovertarget=close]").first.click()
    maryam.check("#close [name=reason][value=answered]")
    maryam.locator("#close form .button:not([type=button])").click()
    form = maryam.locator("form.wrap-up")
    form.locator("[name=card_answered][value=no]").check()
    form.locator("[name=failed_field][value=fee]").check()
    form.locator("button").first.click()
    expect(form).to_have_count(0)


def mends(elham: Page, people: People) -> None:
    """The editor reads it in the list, then beside the field."""
    sign_in(elham, "elham")
    elham.locator("a[href$='/questions/']").click()
    expect(elham.locator(".asked-list blockquote")).to_contain_text("*******679")
    people.picture(elham, "questions")
    assert faults_of(elham, "questions") == []
    elham.locator(".asked-group header a").click()
    beside = elham.locator(".asked")
    beside.locator("summary").click()
    expect(beside).to_contain_text("هزینهٔ این کار")
    elham.select_option("[name=fee__kind]", "fixed")
    elham.fill("[name=fee__amount_irr]", "۲۵۰٬۰۰۰")
    elham.locator(".card-form .side button").last.click()
    expect(elham.locator(".notice li")).to_contain_text(words("fee", "fa"))
    elham.click("button[value=submit]")
    expect(elham.locator(".notices .good")).to_be_visible()


def publishes(mina: Page, people: People) -> None:
    """The question counts as answered, and the figures before and since stand side by side."""
    sign_in(mina, "mina")
    mina.goto(f"staff/cards/{CARD}/review/")
    mina.click("button[value=approve]")
    expect(mina.locator(".notices .good")).to_be_visible()
    mina.goto(f"staff/cards/{CARD}/editions/")
    first = mina.locator(".learned").first
    expect(first).to_contain_text("پیش از آن (نسخهٔ ۱): ۰ از ۱")
    expect(first).to_contain_text("پس از آن: ۰ از ۰")
    people.picture(mina, "editions-that-learn")
    mina.goto("staff/cards/questions/?done=1")
    expect(mina.locator(".asked-list .badge.good")).to_contain_text("نسخهٔ ۲")
    people.picture(mina, "questions-done")


def reads_later(alice: Page, people: People) -> None:
    """What was said then is still there, with a word about today."""
    alice.locator("details.panel summary").first.click()
    cited = alice.locator(".citation").last
    cited.locator("summary").click()
    expect(cited).to_contain_text("امروز نسخهٔ ۲ معتبر است")
    expect(cited.locator(".cited")).to_contain_text(FEE)
    people.picture(alice, "cited-later")
