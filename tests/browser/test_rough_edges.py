"""Double clicks, second tabs, lost connections, strangers, and words that are no markup."""

import pytest
from playwright.sync_api import Browser, Page, expect

from chat.models import Message
from consult.models import Consultation
from ops.web import serving, stop
from tests.browser.people import PHONE, People
from tests.browser.steps import (
    CARD,
    ask,
    box,
    bubbles,
    go_on_duty,
    heard,
    key,
    listening,
    open_talk,
    say,
    sign_in,
    words,
    write,
)

pytestmark = pytest.mark.browser

QUESTION = "مهلت درخواست چند روز است؟"
RECONNECTED = 45_000


def talking(people: People) -> tuple[Page, Page]:
    """Alice and Maryam, talking."""
    maryam, alice = people(), people(size=PHONE)
    sign_in(maryam, "maryam")
    go_on_duty(maryam)
    ask(alice, QUESTION)
    open_talk(maryam, QUESTION)
    listening(alice)
    return alice, maryam


@pytest.fixture
def talk(people: People) -> tuple[Page, Page]:
    return talking(people)


def test_a_double_click_asks_and_says_once(people: People) -> None:
    maryam, alice = people(), people(size=PHONE)
    sign_in(maryam, "maryam")
    go_on_duty(maryam)
    alice.goto(f"ask/?card={CARD}&q={QUESTION}")
    alice.check("#id_consent")
    alice.locator("main form button.large").dblclick()
    heard(alice, QUESTION)
    assert Consultation.objects.count() == 1

    box(alice).fill("سلام")
    alice.locator("form.composer button").dblclick()
    expect(alice.locator(".message.mine[data-seq]")).to_have_count(2)
    assert Message.objects.filter(role="citizen").count() == 2


def test_two_tabs_of_one_citizen_stay_in_step(talk: tuple[Page, Page]) -> None:
    alice, maryam = talk
    again = alice.context.new_page()
    again.goto(alice.url)
    listening(again)

    say(alice, "از پنجرهٔ نخست")
    heard(again, "از پنجرهٔ نخست")
    say(again, "از پنجرهٔ دوم")
    say(maryam, "هر دو رسید")
    for page in (alice, again):
        heard(page, "هر دو رسید")
        expect(bubbles(page)).to_have_text(
            [QUESTION, "از پنجرهٔ نخست", "از پنجرهٔ دوم", "هر دو رسید"]
        )
        expect(page.locator(".message.mine")).to_have_count(3)


def test_words_written_offline_arrive_once_and_in_order(
    people: People, talk: tuple[Page, Page]
) -> None:
    alice, maryam = talk
    strip = alice.locator("[data-part=strip]")
    alice.context.set_offline(True)
    write(alice, "یک")
    write(alice, "دو")
    expect(strip).to_be_visible()
    expect(alice.locator(".messages .pending")).to_have_count(2)
    people.picture(alice, "offline")
    say(maryam, "این میان")

    alice.context.set_offline(False)
    expect(alice.locator(".messages .pending")).to_have_count(0, timeout=RECONNECTED)
    expect(strip).to_be_hidden()
    for page in (alice, maryam):
        expect(bubbles(page)).to_have_text([QUESTION, "این میان", "یک", "دو"])
    spoken = Message.objects.exclude(role="system").order_by("seq")
    assert list(spoken.values_list("text", flat=True)) == [QUESTION, "این میان", "یک", "دو"]


def test_a_server_that_starts_again_loses_nothing(
    sample: None, surroundings: dict[str, str], browser: Browser
) -> None:
    with serving("daphne", surroundings) as site:
        people = People(browser, site.address)
        alice, maryam = talking(people)
        people.forgive("WebSocket connection to")
        stop(site.process)
        write(alice, "هنگام خاموشی")
        expect(alice.locator("[data-part=strip]")).to_be_visible()

    with serving("daphne", surroundings, port=site.port):
        expect(alice.locator(".messages .pending")).to_have_count(0, timeout=RECONNECTED)
        expect(bubbles(maryam).last).to_have_text("هنگام خاموشی", timeout=RECONNECTED)
        say(maryam, "رسید")
        heard(alice, "رسید")
        for page in (alice, maryam):
            expect(bubbles(page)).to_have_text([QUESTION, "هنگام خاموشی", "رسید"])
        people.leave()
    assert not people.faults


def test_a_text_too_long_is_told_and_not_sent(talk: tuple[Page, Page]) -> None:
    alice, _maryam = talk
    room = alice.locator("[data-slot=room]")
    box(alice).fill("ا" * 3900)
    expect(room).to_contain_text("۱۰۰")
    write(alice, "ا" * 4003)
    expect(room).to_contain_text("۳")
    expect(room).to_have_class("room tiny muted over")
    expect(box(alice)).to_have_value("ا" * 4003)
    expect(bubbles(alice)).to_have_count(1)

    say(alice, "ا" * 4000)
    expect(room).to_be_hidden()
    assert Message.objects.filter(role="citizen").count() == 2


def test_what_is_half_written_survives_the_end(talk: tuple[Page, Page]) -> None:
    alice, maryam = talk
    box(alice).fill("نیمه‌کاره")
    maryam.locator("#talk [popovertarget=close]").click()
    maryam.locator("#close form .button:not([type=button])").click()

    expect(alice.locator("live-reload [role=alert]")).to_be_visible()
    expect(box(alice)).to_have_value("نیمه‌کاره")
    alice.locator("live-reload a").click()
    expect(alice.locator("form.opinion")).to_be_visible()


def test_a_stranger_finds_nothing_at_the_address(people: People, talk: tuple[Page, Page]) -> None:
    alice, _maryam = talk
    strangers = [people(), people("en")]
    ask(strangers[1], "Something of my own")
    for stranger in strangers:
        for address in (alice.url, alice.url + "place/", alice.url + "transcript.txt"):
            answer = stranger.goto(address)
            assert answer is not None
            assert answer.status == 404, address
            assert QUESTION not in stranger.content()


def test_a_wrong_code_and_a_wrong_pin_sound_alike(people: People) -> None:
    alice, mallory = people(size=PHONE), people()
    ask(alice, QUESTION)  # Nobody is on duty: a case with a ticket.
    code, pin = key(alice)
    wrong = words("This code and this second answer do not belong together.", "fa")
    for number, factor in (
        (code, "ZZZZZZ"),
        ("7383-2335-6480", pin),
        ("۱۲۳", pin),
    ):
        mallory.goto("track/")
        mallory.fill("#id_code", number)
        mallory.fill("#id_factor", factor)
        mallory.press("#id_factor", "Enter")
        expect(mallory.locator(".error-summary li")).to_have_text([wrong])


def test_markup_in_a_message_is_only_text(people: People, talk: tuple[Page, Page]) -> None:
    alice, maryam = talk
    sara, markup = people(), "<img src=x onerror='window.hit = 1'><script>hit()</script>"
    say(alice, markup)
    heard(maryam, markup)
    say(maryam, markup + "!")
    heard(alice, markup + "!")
    maryam.reload()
    heard(maryam, markup + "!")
    sign_in(sara, "sara")
    sara.goto("staff/transcripts/?q=onerror")
    sara.locator("a.hit").click()
    expect(sara.locator(".lines")).to_contain_text("<script>hit()</script>")
    for page in (alice, maryam, sara):
        assert page.locator("main img").count() == 0
        assert page.evaluate("window.hit") is None
