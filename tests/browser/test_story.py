"""The whole story in both languages: ask, wait, be paired, talk, close, review, follow."""

import re

import pytest
from playwright.sync_api import Page, expect

from consult.models import Consultation
from desk.models import Ticket
from persian.digits import in_digits_of
from persian.tracking import parse_tracking
from tests.browser.people import PHONE, People
from tests.browser.steps import (
    CARD,
    ask,
    box,
    bubbles,
    go_on_duty,
    heard,
    is_the_same_page,
    key,
    open_talk,
    place,
    remember,
    rows,
    say,
    send_question,
    sign_in,
    words,
)
from tests.browser.telling import ARABIC_LETTERS, TELLINGS, Telling

pytestmark = pytest.mark.browser


@pytest.fixture(params=["fa", "en"])
def telling(request: pytest.FixtureRequest) -> Telling:
    return TELLINGS[request.param]


def test_one_case_end_to_end(people: People, telling: Telling) -> None:
    language = telling.language
    maryam, sara = people(language), people(language)
    sign_in(maryam, "maryam")
    go_on_duty(maryam, capacity=3)
    sign_in(sara, "sara")
    remember(sara)

    # Three neighbours are before Alice, and Maryam has room for three.
    for question in telling.neighbours:
        ask(people(language), question)
    expect(rows(maryam)).to_have_count(3)
    alice = people(language, size=PHONE)
    asks_from_the_first_page(alice, telling)
    expect(place(alice).locator("strong")).to_have_text(in_digits_of("1", language))
    expect(place(alice)).to_contain_text(
        words("There is not enough data yet to say how long you will wait.", language)
    )
    waiting_key = key(alice)
    people.picture(alice, f"{language}-waiting")
    watches_the_board(sara, telling, waiting=1, talking=3)
    people.picture(sara, f"{language}-board")

    # She answers each, all on one screen; a citizen's turn counts half, so Alice may come in.
    for question in telling.neighbours:
        open_talk(maryam, question)
        say(maryam, f"{telling.advice} {question}")
    expect(alice.get_by_role("heading", level=1)).to_contain_text(telling.name)
    expect(box(alice)).to_be_visible()
    expect(rows(maryam)).to_have_count(4)
    watches_the_board(sara, telling, waiting=0, talking=4)
    assert is_the_same_page(sara)

    talk_both_ways(alice, maryam, telling)
    people.picture(alice, f"{language}-talk")
    people.picture(maryam, f"{language}-console")
    cites_the_card(maryam, alice, language)
    opens_a_ticket(maryam)
    heard_line = words("A ticket was registered. The tracking code stays the same.", language)
    expect(alice.locator(".messages .event").last).to_contain_text(heard_line)
    closes(maryam)
    wraps_up(maryam, telling)

    says_how_it_was(alice)
    people.picture(alice, f"{language}-done")
    assert key(alice) == waiting_key
    finished = Consultation.objects.get(case__tracking_code=parse_tracking(waiting_key[0]))
    assert (finished.close_reason, finished.outcome, finished.rating) == ("answered", "solved", 5)

    finds_and_reads(sara, telling)
    people.picture(sara, f"{language}-transcript")
    steps_to_ticket_and_card_and_back(sara, telling)
    answers_the_ticket(maryam, telling)
    follows(people(language, size=PHONE), telling, waiting_key)


def asks_from_the_first_page(alice: Page, telling: Telling) -> None:
    """Type, read the suggestion, open the card, ask; nothing is typed twice."""
    alice.goto("")
    alice.locator("#id_q").press_sequentially(telling.question, delay=2)
    tile = alice.locator(f"#results .tile a[href*='{CARD}']")
    expect(tile).to_be_visible()
    tile.click()
    expect(alice.locator(".badge", has_text=words("Sample", telling.language))).to_be_visible()
    alice.locator(".act a").first.click()
    expect(alice.locator("#id_question")).to_have_value(telling.question)
    expect(alice.locator(".about")).to_be_visible()
    alice.check("#id_consent")
    send_question(alice)


def watches_the_board(sara: Page, telling: Telling, *, waiting: int, talking: int) -> None:
    """Who waits and who talks to whom, as it changes."""
    figures = sara.locator(".figures > div")
    in_line, talks = figures.nth(1).locator("dd").first, figures.nth(2).locator("dd").first
    expect(talks).to_have_text(in_digits_of(str(talking), telling.language))
    expect(in_line).to_have_text(in_digits_of(str(waiting), telling.language))
    table = sara.locator("section[aria-labelledby=talks-heading] tbody tr")
    expect(table).to_have_count(talking)
    expect(table.first).to_contain_text(telling.name)


def talk_both_ways(alice: Page, maryam: Page, telling: Telling) -> None:
    """Both see what the other says, its masks, and how far their own words have come."""
    open_talk(maryam, telling.question[:20])
    heard(maryam, telling.question)
    say(maryam, telling.greeting)
    heard(alice, telling.greeting)
    say(alice, telling.thanks)
    heard(maryam, "*******679")
    heard(alice, "*******679")
    seen = alice.locator(".message.mine").last.locator("[data-rung]")
    expect(seen).to_have_attribute("data-rung", "seen")
    expect(maryam.locator(".message.mine").last.locator(".delivery")).to_be_visible()
    assert "0012345679" not in maryam.content()
    assert "۰۰۱۲۳۴۵۶۷۹" not in maryam.content()


def cites_the_card(maryam: Page, alice: Page, language: str) -> None:
    """One field of the card becomes a message that says where it is from."""
    said = bubbles(alice).count()
    maryam.locator("case-pane button[name=field][value=duration]").click()
    expect(bubbles(alice)).to_have_count(said + 1)
    citation = alice.locator(".message").last.locator(".citation")
    citation.locator("summary").click()
    link = citation.locator(".said a")
    expect(link).to_have_attribute("href", re.compile(f"/services/{CARD}/"))
    expect(maryam.locator(".message").last.locator(".citation summary")).to_be_visible()
    expect(box(maryam)).to_be_focused()


def opens_a_ticket(maryam: Page) -> None:
    """Subject and text come from the conversation."""
    maryam.locator("#talk .toolbar a[href$='/ticket/']").click()
    expect(maryam.locator("[name=text]")).not_to_be_empty()
    maryam.locator("form.ticket-form button.button").click()
    maryam.wait_for_url(re.compile(r"/console/[0-9a-f-]{36}"))
    expect(maryam.locator("#case section[aria-labelledby=tickets-heading] a")).to_have_count(1)


def closes(maryam: Page) -> None:
    maryam.locator("[popovertarget=close]").first.click()
    maryam.check("#close [name=reason][value=answered]")
    maryam.locator("#close form .button:not([type=button])").click()


def wraps_up(maryam: Page, telling: Telling) -> None:
    """Three short answers, and it leaves the list."""
    form = maryam.locator("form.wrap-up")
    form.locator("[name=outcome][value=solved]").check()
    form.locator("[name=card_answered][value=yes]").check()
    form.locator("button").first.click()
    expect(rows(maryam)).to_have_count(3)


def says_how_it_was(alice: Page) -> None:
    """The page has become the end of the conversation by itself."""
    form = alice.locator("form.opinion")
    form.locator("[name=outcome][value=solved]").check()
    form.locator("[name=rating][value='5']").check()
    form.locator("button.large").click()
    expect(alice.locator(".notice.good").last).to_be_visible()
    expect(form).to_have_count(0)


def finds_and_reads(sara: Page, telling: Telling) -> None:
    """By words of it, in whichever letters they are typed."""
    sara.locator("nav.site-nav a[href*='/staff/transcripts/']").click()
    sara.fill("[name=q]", ARABIC_LETTERS)
    sara.press("[name=q]", "Enter")
    hit = sara.locator("a.hit").filter(has=sara.locator("mark")).first
    expect(hit).to_be_visible()
    hit.click()
    script = sara.locator(".lines")
    expect(script).to_contain_text(telling.greeting)
    expect(script).to_contain_text("*******679")
    expect(script.locator("mark").first).to_be_visible()


def steps_to_ticket_and_card_and_back(sara: Page, telling: Telling) -> None:
    """From the transcript the two other faces of the case are one step away."""
    same_case = sara.locator("nav[aria-labelledby=case-heading]")
    same_case.locator("a[href*='/staff/tickets/']").click()
    expect(sara.locator("blockquote").first).to_contain_text(telling.question)
    sara.locator("nav[aria-labelledby=case-heading] a[href*='/staff/transcripts/']").click()
    expect(sara.locator(".lines")).to_contain_text(telling.greeting)
    same_case.locator("a[href*='/services/']").click()
    sara.wait_for_url(re.compile(f"/services/{CARD}/"))
    sara.go_back()
    expect(sara.locator(".lines")).to_contain_text(telling.greeting)


def answers_the_ticket(maryam: Page, telling: Telling) -> None:
    """A word to the citizen, and a note that stays in the house."""
    maryam.locator("nav.site-nav a[href*='/staff/tickets/']").click()
    maryam.locator("td.head a").first.click()
    for text, public in ((telling.note, "false"), (telling.answer, "true")):
        form = maryam.locator("form.follow-up-form")
        form.locator(f"[name=is_public][value={public}]").check()
        form.locator("textarea").fill(text)
        form.locator("button:not([type=button])").last.click()
        expect(maryam.locator(".follow-up", has_text=text)).to_be_visible()


def follows(page: Page, telling: Telling, kept: tuple[str, str]) -> None:
    """On another device: the code in Persian digits and the PIN open the case."""
    code, pin = kept
    page.goto("track/")
    page.fill("#id_code", in_digits_of(code, "fa"))
    page.fill("#id_factor", pin.lower())
    page.press("#id_factor", "Enter")
    expect(page.locator("ol.progress [aria-current=step]")).to_be_visible()
    expect(page.locator(".answers")).to_contain_text(telling.answer)
    expect(page.locator("main")).not_to_contain_text(telling.note)
    page.locator("nav.panel a[href*='/consultations/']").click()
    page.wait_for_url(re.compile("/consultations/"))
    expect(page.locator("main")).to_contain_text(telling.name)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_with_nobody_on_duty_the_same_form_becomes_a_ticket(people: People, language: str) -> None:
    telling = TELLINGS[language]
    page = people(language, size=PHONE)
    asks_from_the_first_page(page, telling)

    page.wait_for_url(re.compile("/track/"))
    ticket = Ticket.objects.select_related("case").get()
    assert ticket.text == telling.question
    assert ticket.card is not None
    assert ticket.card.slug == CARD
    assert parse_tracking(key(page)[0]) == ticket.case.tracking_code
    expect(page.locator("main .notice.good")).to_be_visible()
    expect(page.locator(".answers")).to_contain_text(telling.question)
    people.picture(page, f"{language}-filed")


def test_going_off_duty_strands_nobody(people: People) -> None:
    maryam, alice = people(), people(size=PHONE)
    sign_in(maryam, "maryam")
    go_on_duty(maryam)
    ask(alice, "مهلت درخواست چند روز است؟")
    heard(alice, "مهلت درخواست")

    maryam.locator(".duty [popovertarget=go-off]").click()
    maryam.locator("#go-off [value=off]").click()
    expect(alice.locator(".messages .event").last).to_contain_text(
        words("Your counsellor had to leave. You are at the head of the line again.", "fa")
    )
    go_on_duty(maryam)
    open_talk(maryam, "مهلت درخواست")
    say(maryam, "دوباره در خدمتم.")
    heard(alice, "دوباره در خدمتم.")
