"""The list of services while somebody types: answers, choices, the keyboard, and the way back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import People
from tests.browser.test_keyboard import tab_to

pytestmark = pytest.mark.browser

CARD = "home-business-licence"
ALONE = 30  # Of 34 cards; four are parts, shown under their service.


def test_the_list_answers_while_one_types_and_the_way_back_keeps_the_words(people: People) -> None:
    alice = people("fa")
    alice.goto("services/")
    tiles, found = alice.locator("#results .tile"), alice.locator("#found")
    expect(tiles).to_have_count(ALONE)

    tab_to(alice, "input[name=q]")
    alice.keyboard.type("مجوز مشاغل خانگی")
    expect(tiles.first.locator(f"a[href*='{CARD}']")).to_be_visible()
    expect(found).to_contain_text("پیدا شد")
    expect(alice).to_have_url(re.compile(r"/services/\?q=%D9%85"))
    some = tiles.count()
    assert some < ALONE

    tab_to(alice, "#results .facets a[href*='audience=G2B'], #results .facets a[href*='unit=']")
    alice.keyboard.press("Enter")
    expect(alice.locator("#results .facets a[aria-current]")).to_have_count(1)
    expect(alice.locator("input[name=q]")).to_have_value("مجوز مشاغل خانگی")
    assert tiles.count() <= some

    alice.go_back()
    expect(tiles).to_have_count(some)
    expect(alice.locator("input[name=q]")).to_have_value("مجوز مشاغل خانگی")

    tab_to(alice, f"#results .tile a[href*='{CARD}']")
    alice.keyboard.press("Enter")
    expect(alice.locator("h1")).to_contain_text("خانگی")
    alice.go_back()
    expect(tiles.first.locator(f"a[href*='{CARD}']")).to_be_visible()
    people.picture(alice, "list-searched")
