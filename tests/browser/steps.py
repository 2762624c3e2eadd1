"""What people do on the pages, each a line of a story. Steps wait; tests say what must be true."""

import re

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, expect

from desk.sample import DEMO_PASSWORD

CARD = "unemployment-insurance-referral"


def words(phrase: str, language: str) -> str:
    """A phrase of the pages, in the reader's language."""
    with translation.override(language):
        return gettext(phrase)


# --- Citizens --------------------------------------------------------------------------------


def ask(page: Page, question: str, card: str = CARD) -> None:
    """Put a question about a card and accept the notice; what comes next is the page's affair."""
    page.goto(f"ask/?card={card}")
    page.fill("#id_question", question)
    page.check("#id_consent")
    send_question(page)


def send_question(page: Page) -> None:
    page.locator("main form[method=post] button.large").click()
    page.wait_for_url(re.compile("/consultations/|/track/"))


def place(page: Page) -> Locator:
    """Where a waiting citizen stands."""
    return page.locator(".queue")


def key(page: Page) -> tuple[str, str]:
    """Tracking code and PIN, as the page shows them."""
    code, pin = page.locator(".key bdi.code").all_inner_texts()
    return code, pin


# --- Both sides of a conversation ------------------------------------------------------------


def say(page: Page, text: str) -> None:
    """Write and send; done when the server has it."""
    stored = page.locator(".message.mine[data-seq]")
    before = stored.count()
    write(page, text)
    expect(stored).to_have_count(before + 1)


def write(page: Page, text: str) -> None:
    """Write and press Enter, whatever becomes of it."""
    box(page).fill(text)
    box(page).press("Enter")


def box(page: Page) -> Locator:
    return page.locator("live-conversation textarea")


def bubbles(page: Page) -> Locator:
    """What was said, in order; each side's and the other's."""
    return page.locator(".messages .message .bubble [data-slot=text]")


def heard(page: Page, text: str) -> None:
    """Wait until this stands in the conversation."""
    expect(bubbles(page).filter(has_text=text).last).to_be_visible()


# --- The staff -------------------------------------------------------------------------------


def sign_in(page: Page, username: str) -> None:
    page.goto("staff/sign-in/")
    page.fill("#id_username", username)
    page.fill("#id_password", DEMO_PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(re.compile("/staff/(?!sign-in)"))


def go_on_duty(page: Page, capacity: int = 4) -> None:
    """Everything one knows, in every language one speaks."""
    page.goto("staff/console/")
    page.select_option("#id_capacity", str(capacity))
    page.locator("form.start-duty .start-action button").click()
    expect(page.locator(".duty .state")).to_be_visible()
    listening(page)


def listening(page: Page) -> None:
    """Wait until the page's socket is welcome: from now on the duty has a lease."""
    page.evaluate(
        """async () => {
            const { wire } = await import("live/connection");
            const live = wire();
            if (!live.up) await new Promise((done) => live.addEventListener("up", done));
        }"""
    )


def rows(page: Page) -> Locator:
    """The conversations of the console's list."""
    return page.locator(".talk-row")


def open_talk(page: Page, question: str) -> None:
    """Open the conversation whose last words are these."""
    rows(page).filter(has_text=question).click()
    page.wait_for_url(re.compile(r"/console/[0-9a-f-]{36}"))
    expect(box(page)).to_be_visible()


def remember(page: Page) -> None:
    """Leave a mark on the page, which a reload would wipe off."""
    page.evaluate("window.stillHere = true")


def is_the_same_page(page: Page) -> bool:
    return bool(page.evaluate("window.stillHere === true"))
