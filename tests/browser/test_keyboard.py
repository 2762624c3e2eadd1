"""The whole path without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from chat.models import Message
from consult.models import Consultation
from tests.browser.people import PHONE, People
from tests.browser.steps import (
    CARD,
    ask,
    box,
    bubbles,
    go_on_duty,
    heard,
    listening,
    open_talk,
    say,
    sign_in,
)

pytestmark = pytest.mark.browser

QUESTION = "مهلت درخواست بیمهٔ بیکاری چند روز است؟"
ENOUGH_TABS = 60


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until it is there; whoever sees the page sees where they are."""
    there = "(selector) => document.activeElement?.matches(selector)"
    page.locator(selector).first.wait_for(state="attached")
    for _press in range(ENOUGH_TABS):
        page.keyboard.press(key)
        if page.evaluate(there, selector):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"{ENOUGH_TABS} times {key} never came to {selector}")


def test_a_citizen_asks_talks_and_leaves_by_keyboard(people: People) -> None:
    maryam, alice = people(), people()
    sign_in(maryam, "maryam")
    go_on_duty(maryam)

    alice.goto("")
    tab_to(alice, ".skip")
    alice.keyboard.press("Enter")
    expect(alice.locator("main")).to_be_focused()
    tab_to(alice, "#id_q")
    alice.keyboard.type(QUESTION)
    expect(alice.locator(f"#results a[href*='{CARD}']")).to_be_visible()
    tab_to(alice, f"#results a[href*='{CARD}']")
    alice.keyboard.press("Enter")
    tab_to(alice, ".act a")
    alice.keyboard.press("Enter")
    tab_to(alice, "#id_consent")
    alice.keyboard.press("Space")
    tab_to(alice, "main form button.large")
    alice.keyboard.press("Enter")

    heard(alice, QUESTION)
    listening(alice)
    tab_to(alice, "live-conversation textarea")
    alice.keyboard.type("سطر نخست")
    alice.keyboard.press("Shift+Enter")
    alice.keyboard.type("سطر دوم")
    alice.keyboard.press("Enter")
    expect(bubbles(alice)).to_have_count(2)
    expect(box(alice)).to_be_focused()
    expect(box(alice)).to_have_value("")
    alice.keyboard.type("نیمه")
    open_talk(maryam, "سطر نخست")
    say(maryam, "سی روز.")
    heard(alice, "سی روز.")
    expect(box(alice)).to_be_focused()
    expect(box(alice)).to_have_value("نیمه")
    assert Message.objects.filter(role="citizen", text="سطر نخست\nسطر دوم").count() == 1

    tab_to(alice, "details.end summary", "Shift+Tab")
    alice.keyboard.press("Enter")
    tab_to(alice, "details.end button")
    alice.keyboard.press("Enter")
    tab_to(alice, "[name=outcome]")
    alice.keyboard.press("Space")
    tab_to(alice, "[name=rating]")
    alice.keyboard.press("Space")
    tab_to(alice, "form.opinion button.large")
    alice.keyboard.press("Enter")
    expect(alice.locator("form.opinion")).to_have_count(0)
    left = Consultation.objects.get()
    assert (left.close_reason, left.outcome, left.rating) == ("citizen_left", "solved", 1)


def test_a_counsellor_uses_canned_replies_and_dialogs_by_keyboard(people: People) -> None:
    maryam, alice = people(), people(size=PHONE)
    sign_in(maryam, "maryam")
    go_on_duty(maryam)
    ask(alice, QUESTION)
    expect(maryam.locator(".talk-row[data-owed]")).to_be_visible()
    maryam.keyboard.press("Alt+ArrowDown")
    expect(box(maryam)).to_be_visible()

    tab_to(maryam, "live-conversation textarea")
    maryam.keyboard.type("/")
    options = maryam.locator("canned-replies [role=option]:visible")
    expect(options.first).to_have_attribute("aria-selected", "true")
    all_of_them = options.count()
    maryam.keyboard.type("سلام")
    expect(options.first).to_be_visible()
    assert options.count() < all_of_them
    maryam.keyboard.press("Escape")
    expect(maryam.locator("canned-replies details[open]")).to_have_count(0)
    expect(box(maryam)).to_be_focused()

    box(maryam).fill("")
    maryam.keyboard.type("/")
    maryam.keyboard.press("ArrowDown")
    chosen = maryam.locator("canned-replies [aria-selected=true]")
    body = chosen.get_attribute("data-body") or ""
    maryam.keyboard.press("Enter")
    expect(box(maryam)).to_have_value(body)
    expect(box(maryam)).to_be_focused()
    assert Message.objects.filter(role="counsellor").count() == 0

    box(maryam).fill("سی روز.")
    maryam.keyboard.press("Enter")
    heard(alice, "سی روز.")
    tab_to(maryam, "#talk [popovertarget=close]", "Shift+Tab")
    maryam.keyboard.press("Enter")
    expect(maryam.locator("#close")).to_be_visible()
    maryam.keyboard.press("Escape")
    expect(maryam.locator("#close")).to_be_hidden()
    expect(maryam.locator("#talk [popovertarget=close]")).to_be_focused()
    maryam.keyboard.press("Enter")
    tab_to(maryam, "#close button:not([type=button])")
    maryam.keyboard.press("Enter")
    expect(maryam.locator("form.wrap-up")).to_be_visible()
