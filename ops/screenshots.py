"""`make screenshots`: the pictures of the README, taken from a real conversation.

A house of its own in a scratch folder, one counsellor, one citizen, two browsers.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from ops.prepare import prepare
from ops.web import ROOT, serving
from tests.programs import program
from tests.servers import scratch

PICTURES = ROOT / "docs" / "pictures"
PHONE, DESK = (390, 780), (1280, 800)
COUNSELLOR, PASSWORD = "maryam", "rayzan-demo"
SEARCH = "بیمه بیکاری"
QUESTION = "سلام. قرارداد کارم دو هفته پیش تمام شد و تمدید نکردند. می‌توانم بیمهٔ بیکاری بگیرم؟"
TALK = (
    ("counsellor", "سلام، وقت شما بخیر. بله، پایان قرارداد هم بیکاری غیرارادی به حساب می‌آید."),
    ("counsellor", "فقط باید تا سی روز پس از پایان قرارداد درخواست بدهید. چند ماه بیمه داشته‌اید؟"),
    ("citizen", "هجده ماه. پس هنوز وقت دارم؟"),
    ("counsellor", "بله، شانزده روز وقت دارید و سابقه‌تان هم کافی است."),
    ("citizen", "خیلی ممنون، خیالم راحت شد."),
    ("counsellor", "خواهش می‌کنم. سؤال دیگری هم هست؟"),
)
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> int:
    """Take both pictures."""
    with house() as address, browser() as chromium:
        counsellor = on_duty(visitor(chromium, DESK), address)
        citizen = asking(visitor(chromium, PHONE, scale=2), address)
        counsellor.locator("a.talk-row").first.click()
        pages = {"counsellor": counsellor, "citizen": citizen}
        for who, words in TALK:
            say(pages[who], words)
            for page in pages.values():
                page.get_by_text(words).first.wait_for()
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name, page in pages.items():
            page.evaluate("document.activeElement.blur()")
            page.wait_for_timeout(500)
            page.screenshot(path=PICTURES / f"{name}.png")
    return 0


@contextmanager
def house() -> Iterator[str]:
    """The house with its sample data, open for as long as the pictures take."""
    with scratch() as folder:
        os.environ |= {"RAYZAN_DATA": str(folder / "var")}
        prepare()
        with serving("daphne", os.environ) as site:
            yield site.address


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium, asking nobody but us for anything."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program("chromium"), args=CHROMIUM)
        yield chromium
        chromium.close()


def visitor(chromium: Browser, size: tuple[int, int], scale: int = 1) -> Page:
    """Somebody with a window and cookies of their own."""
    width, height = size
    person = chromium.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=scale, locale="fa-IR"
    )
    return person.new_page()


def on_duty(page: Page, address: str) -> Page:
    """The counsellor signs in and takes up everything they know."""
    page.goto(f"{address}/staff/sign-in/")
    page.fill("#id_username", COUNSELLOR)
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.locator("form.start-duty").wait_for()
    for box in page.locator("form.start-duty input[type=checkbox]").all():
        box.check()
    page.locator("form.start-duty .start-action button").click()
    return page


def asking(page: Page, address: str) -> Page:
    """The citizen finds the card, asks from it, and is paired at once."""
    page.goto(f"{address}/?q={SEARCH}")
    page.locator("#results a[href*='/services/']").first.click()
    page.locator("a[href*='/ask/']").first.click()
    page.fill("#id_question", QUESTION)
    page.check("#id_consent")
    page.locator("main form button").first.click()
    page.locator("#id_text").wait_for()
    return page


def say(page: Page, words: str) -> None:
    """Type and send."""
    page.fill("#id_text", words)
    page.locator("form.composer button").last.click()


if __name__ == "__main__":
    sys.exit(main())
