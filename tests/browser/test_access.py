"""Every page and state passes axe-core (WCAG 2.2 AA) and fits, in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from agency.models import Agency
from consult.models import Duty
from tests.browser.axe import faults_of
from tests.browser.people import People
from tests.browser.steps import (
    CARD,
    ask,
    box,
    go_on_duty,
    heard,
    open_talk,
    rows,
    say,
    send_question,
    sign_in,
)

pytestmark = pytest.mark.browser

in_both = pytest.mark.parametrize("language", ["fa", "en"])
# The long ones in one language each: the other has the same parts elsewhere.
in_persian = pytest.mark.parametrize("language", ["fa"])
in_english = pytest.mark.parametrize("language", ["en"])

QUESTION = "مهلت درخواست چند روز است؟ Deadline?"
OPEN_PAGES = {
    "home": "",
    "home with answers": "?q=بیمه بیکاری",
    "home without an answer": "?q=zzzzqqq",
    "services": "services/",
    "services without an answer": "services/?q=zzzzqqq",
    "card": f"services/{CARD}/?q=بیمه",
    "full form": f"services/{CARD}/form/",
    "print sheet": f"services/{CARD}/print/",
    "ask, urgent": "ask/?urgent=1",
    "file": "file/?type=complaint",
    "track": "track/",
    "sign-in": "staff/sign-in/",
    "not found": "services/no-such-card/",
}
IN_THE_DARK = {"home with answers", "card", "full form", "print sheet", "not found"}


@in_both
def test_pages_that_are_open_to_everybody(people: People, language: str) -> None:
    page = people(language)
    faults = []
    for name, address in OPEN_PAGES.items():
        page.goto(address)
        faults += faults_of(page, name, dark=name in IN_THE_DARK)
    for each in ("contact", "privacy", "accessibility"):
        page.goto(f"about/{each}/")
        faults += faults_of(page, each)
    assert Agency.objects.get().name in page.content() or language == "en"
    assert not faults, "\n".join(faults)


@in_both
def test_forms_that_say_what_is_wrong(people: People, language: str) -> None:
    page = people(language)
    faults = []
    page.goto("ask/")
    page.fill("#id_contact", "nobody")
    page.locator("main form button.large").click()
    expect(page.locator("#id_question[aria-invalid]")).to_be_visible()
    faults += faults_of(page, "ask with errors", dark=True)

    page.goto("track/")
    page.fill("#id_code", "738323356480")
    page.fill("#id_factor", "ABCDEF")
    page.press("#id_factor", "Enter")
    expect(page.locator("[role=alert], .errors").first).to_be_visible()
    faults += faults_of(page, "track with an error")

    page.goto("staff/sign-in/")
    page.fill("#id_username", "maryam")
    page.fill("#id_password", "wrong")
    page.press("#id_password", "Enter")
    expect(page.locator("[role=alert], .errors").first).to_be_visible()
    faults += faults_of(page, "sign-in with an error")
    assert not faults, "\n".join(faults)


@in_persian
def test_a_conversation_from_the_line_to_its_end(people: People, language: str) -> None:
    maryam, alice = people(language), people(language)
    faults = []
    sign_in(maryam, "maryam")
    maryam.goto("staff/console/")
    faults += faults_of(maryam, "duty form")
    go_on_duty(maryam, capacity=1)
    faults += faults_of(maryam, "console without a conversation")
    maryam.locator(".duty [popovertarget=take-break]").click()
    faults += faults_of(maryam, "break")
    maryam.keyboard.press("Escape")

    ask(people(language), "a question of somebody else")  # So she has no room.
    ask(alice, QUESTION)
    faults += faults_of(alice, "waiting", dark=True)
    Duty.objects.update(capacity=4)
    heard(alice, QUESTION)
    open_talk(maryam, QUESTION)
    say(maryam, "سی روز. Thirty days.")
    say(alice, "کد ملی من ۰۰۱۲۳۴۵۶۷۹ است.")
    heard(maryam, "*******679")
    faults += faults_of(alice, "talk", dark=True) + faults_of(maryam, "console", dark=True)
    faults += console_in_detail(maryam)

    maryam.locator("#close form .button:not([type=button])").click()
    expect(maryam.locator("form.wrap-up")).to_be_visible()
    expect(alice.locator("form.opinion")).to_be_visible()
    faults += faults_of(maryam, "wrap-up") + faults_of(alice, "done", dark=True)
    alice.locator("form.opinion [value=not_solved]").check()
    alice.locator("form.opinion [name=become_ticket]").check()
    alice.locator("form.opinion button.large").click()
    alice.locator("main a[href*='/track/']").first.click()
    expect(alice.locator("ol.progress")).to_be_visible()
    faults += faults_of(alice, "case", dark=True)
    assert not faults, "\n".join(faults)


def console_in_detail(maryam: Page) -> list[str]:
    """What opens on the console: replies, another card, transfer, ticket, and the end."""
    faults = []
    box(maryam).fill("/")
    expect(maryam.locator("canned-replies details[open]")).to_be_visible()
    faults += faults_of(maryam, "canned replies")
    box(maryam).fill("")
    maryam.fill("[name=card_q]", "بیمه")
    maryam.press("[name=card_q]", "Enter")
    expect(maryam.locator("#found-cards")).to_be_visible()
    faults += faults_of(maryam, "cards found")
    maryam.locator("#talk [popovertarget=transfer]").click()
    faults += faults_of(maryam, "transfer")
    maryam.keyboard.press("Escape")
    maryam.locator("#talk .toolbar a[href$='/ticket/']").click()
    faults += faults_of(maryam, "ticket to be opened")
    maryam.go_back()
    maryam.locator("#talk [popovertarget=close]").click()
    return faults + faults_of(maryam, "closing")


@in_english
def test_the_desk_and_the_supervisor(people: People, language: str) -> None:
    maryam, sara, alice = people(language), people(language), people(language)
    faults = []
    alice.goto(f"file/?card={CARD}")
    alice.fill("#id_question", QUESTION)
    alice.check("#id_consent")
    send_question(alice)
    sign_in(sara, "sara")
    faults += faults_of(sara, "board at rest")
    sign_in(maryam, "maryam")
    go_on_duty(maryam, capacity=1)
    for _each in range(2):
        ask(people(language), QUESTION)
    expect(rows(maryam)).to_have_count(1)
    expect(sara.locator("section[aria-labelledby=lines-heading] tbody tr")).to_have_count(1)
    faults += faults_of(sara, "board", dark=True)

    maryam.goto("staff/tickets/")
    faults += faults_of(maryam, "tickets", dark=True)
    maryam.goto("staff/tickets/?q=zzzzqqq")
    faults += faults_of(maryam, "tickets without an answer")
    maryam.goto("staff/tickets/")
    maryam.locator("td.head a").first.click()
    maryam.wait_for_url(re.compile(r"/tickets/[0-9a-f-]{36}"))
    faults += faults_of(maryam, "ticket", dark=True)

    sara.goto("staff/transcripts/?q=zzzzqqq")
    faults += faults_of(sara, "transcripts without an answer")
    sara.goto("staff/transcripts/")
    faults += faults_of(sara, "transcripts")
    sara.locator("a.hit").first.click()
    expect(sara.locator(".lines")).to_be_visible()
    faults += faults_of(sara, "transcript", dark=True)
    assert not faults, "\n".join(faults)
