"""With JavaScript off a citizen asks, waits, talks and leaves: form, redirect, refresh."""

import pytest
from playwright.sync_api import Page, expect

from chat.models import Message
from consult.models import Consultation, Duty
from tests.browser.people import PHONE, People
from tests.browser.steps import (
    CARD,
    ask,
    box,
    go_on_duty,
    heard,
    open_talk,
    place,
    say,
    send_question,
    sign_in,
)

pytestmark = pytest.mark.browser

QUESTION = "مهلت درخواست چند روز است؟"


def refreshes(page: Page) -> int:
    """How many orders to fetch itself again the page carries."""
    return page.locator("meta[http-equiv=refresh]").count()


def test_a_citizen_without_scripts_is_served_as_well(people: People) -> None:
    maryam, alice = people(), people(size=PHONE, scripts=False)
    sign_in(maryam, "maryam")
    go_on_duty(maryam, capacity=1)
    ask(people(), "پرسش کسی دیگر")  # So she is there, and has no room.

    alice.goto("")
    alice.fill("#id_q", QUESTION + " بیمه بیکاری")
    alice.locator("#ask button").click()
    alice.locator(f"#results a[href*='{CARD}']").click()
    alice.locator(".act a").first.click()
    alice.check("#id_consent")
    send_question(alice)
    expect(place(alice)).to_contain_text("۱")
    assert refreshes(alice) == 1
    Duty.objects.update(capacity=4)
    open_talk(maryam, QUESTION)

    alice.reload()
    heard(alice, QUESTION)
    assert refreshes(alice) == 1
    send(alice, "کد ملی من ۰۰۱۲۳۴۵۶۷۹ است.")
    heard(alice, "*******679")
    heard(maryam, "*******679")
    say(maryam, "سی روز.")
    alice.get_by_role("link", name="همین حالا").click()
    heard(alice, "سی روز.")
    alice.locator("a[href*='still=1']").click()
    assert refreshes(alice) == 0

    alice.locator("details.end summary").click()
    alice.locator("details.end button").click()
    alice.check("[name=outcome][value=not_solved]")
    alice.check("[name=become_ticket]")
    alice.locator("form.opinion button.large").click()
    expect(alice.locator("form.opinion")).to_have_count(0)
    expect(alice.locator("main .notice.good").first).to_be_visible()
    left = Consultation.objects.get(outcome="not_solved")
    assert (left.outcome, left.case.tickets.count()) == ("not_solved", 1)


def test_a_refused_message_comes_back_with_its_words(people: People) -> None:
    maryam, alice = people(), people(size=PHONE, scripts=False)
    sign_in(maryam, "maryam")
    go_on_duty(maryam)
    alice.goto(f"ask/?card={CARD}&q={QUESTION}")
    alice.check("#id_consent")
    send_question(alice)

    send(alice, "ا" * 4001)
    expect(alice.locator(".error-summary")).to_be_visible()
    expect(alice.locator("#id_text")).to_have_value("ا" * 4001)
    assert refreshes(alice) == 0
    alice.fill("#id_text", "کوتاه")
    alice.locator("form.composer button").dblclick()
    heard(alice, "کوتاه")
    assert Message.objects.filter(text="کوتاه").count() == 1


def send(page: Page, text: str) -> None:
    """Fill the form and press its button."""
    page.locator("form.composer textarea").fill(text)
    page.locator("form.composer button").click()


def test_the_counsellor_may_do_without_them_too(people: People) -> None:
    maryam, alice = people(), people(size=PHONE, scripts=False)
    sign_in(maryam, "maryam")
    go_on_duty(maryam)
    alice.goto(f"ask/?card={CARD}&q={QUESTION}")
    alice.check("#id_consent")
    send_question(alice)

    plain = people(scripts=False)
    sign_in(plain, "maryam")
    plain.goto("staff/console/")
    plain.locator(".talk-row").click()
    send(plain, "سی روز.")
    heard(plain, "سی روز.")
    expect(box(plain)).to_have_value("")
    alice.reload()
    heard(alice, "سی روز.")
