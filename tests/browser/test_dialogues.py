"""Written dialogues, spoken through the real pages on both sides, are stored as they should be."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from chat.models import Message
from tests.browser.people import PHONE, People
from tests.browser.steps import ask, go_on_duty, heard, open_talk, say, sign_in

pytestmark = pytest.mark.browser

FILE = Path(settings.BASE_DIR) / "chat" / "sample" / "dialogues.json"
DIALOGUES = {each["id"]: each for each in json.loads(FILE.read_text())["dialogues"]}
# Spoken Persian and an id; an Arabic keyboard; accounts, cards and passwords; an emoji; a passport;
# English; Arabic; Persian in Latin letters; a code and an e-mail address.
TOLD = ["d02", "d05", "d07", "d08", "d16", "d17", "d18", "d29", "d30"]


def turns(dialogue: dict[str, Any]) -> list[dict[str, Any]]:
    """What people said; the system has its own lines."""
    return [each for each in dialogue["turns"] if each["who"] != "system"]


@pytest.mark.parametrize("languages", [("fa", "fa"), ("en", "fa")], ids=["persian", "mixed"])
def test_dialogues_are_stored_turn_by_turn_as_they_should_be(
    people: People, languages: tuple[str, str]
) -> None:
    ours, theirs = languages
    told = TOLD[: len(TOLD) // 2] if ours == theirs else TOLD[len(TOLD) // 2 :]
    maryam = people(theirs)
    sign_in(maryam, "maryam")
    go_on_duty(maryam)

    for name in told:
        alice = people(ours, size=PHONE)
        replay(alice, maryam, DIALOGUES[name])
        assert stored() == [(each["who"], each["masked"]) for each in turns(DIALOGUES[name])], name
        alice.locator("details.end summary").click()
        alice.locator("details.end button").click()
        alice.locator("form.opinion").wait_for()


def replay(alice: Page, maryam: Page, dialogue: dict[str, Any]) -> None:
    """Its title opens the conversation; then each turn by the one whose turn it is."""
    ask(alice, dialogue["title"], card=dialogue["service"] or "")
    open_talk(maryam, dialogue["title"])
    sides = {"citizen": (alice, maryam), "counsellor": (maryam, alice)}
    for turn in turns(dialogue):
        speaker, listener = sides[turn["who"]]
        say(speaker, turn["text"])
        heard(listener, turn["masked"])


def stored() -> list[tuple[str, str]]:
    """What the newest conversation holds, after the question, in sequence."""
    newest = Message.objects.order_by("-created_at")[0].consultation
    spoken = newest.messages.exclude(role="system").order_by("seq")
    return [(each.role, each.text) for each in spoken][1:]
