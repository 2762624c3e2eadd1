"""What somebody wants to say, made ready to be stored: no database, no clock."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from chat.lines import LINES, sentences
from chat.posts import MAX_LENGTH, Post, Prepared, Rejected, prepare, searchable
from consult.models import Citizen, Person

CITIZEN, COUNSELLOR = Citizen(pk=1), User(pk=1)


def said(text: str, person: Person | None = CITIZEN, edition: int | None = None) -> Post:
    return Post(
        consultation=uuid4(),
        person=person,
        stream="s",
        n=1,
        client_id="c",
        text=text,
        edition=edition,
    )


def ready(text: str, person: Person | None = CITIZEN) -> Prepared:
    prepared = prepare(said(text, person))
    assert isinstance(prepared, Prepared)
    return prepared


def test_the_length_is_measured_after_cleaning() -> None:
    assert ready("ب" * MAX_LENGTH + "\u202e\x00  ").text == "ب" * MAX_LENGTH
    assert prepare(said("ب" * (MAX_LENGTH + 1))) == Rejected(code="too_long")
    assert prepare(said("ﷺ" * 1_000)) == Rejected(code="too_long")  # Opened, it is eighteen each.


@pytest.mark.parametrize("text", ["", "  ", "\n", "\u200c", "\u2066\u2069", "\ue000"])
def test_what_is_not_there_is_not_sent(text: str) -> None:
    assert prepare(said(text)) == Rejected(code="empty")


def test_a_card_may_be_cited_without_a_word() -> None:
    assert isinstance(prepare(said("", COUNSELLOR, edition=7)), Prepared)


@pytest.mark.parametrize("name", ["name", "agent", "tracking_code", "due_date", "next_step"])
def test_a_place_that_was_not_filled_in_is_noticed(name: str) -> None:
    assert prepare(said(f"Dear {{{name}}}", COUNSELLOR)) == Rejected(code="unfilled")
    assert isinstance(prepare(said(f"Dear {{{name}}}")), Prepared)


def test_a_line_of_the_system_is_a_code_and_stays_one() -> None:
    assert ready("joined", None).text == "joined"


def test_a_word_is_found_again_however_it_was_typed() -> None:
    assert searchable("مي‌خواهم كتاب") == searchable("می خواهم کتاب").replace("می خواهم", "میخواهم")
    assert searchable("۱۲۳ ٤٥٦") == "123 456"


@given(st.text(max_size=300))
def test_what_was_made_ready_once_is_ready(text: str) -> None:
    once = prepare(said(text))

    if isinstance(once, Prepared):
        again = prepare(said(once.text))
        assert isinstance(again, Prepared)
        assert again.text == once.text


@pytest.mark.parametrize("code", LINES)
def test_every_line_of_the_system_is_a_sentence_in_both_languages(code: str) -> None:
    lines = sentences(
        code, {"name": {"fa": "سارا", "en": "Sara"}, "minutes": 5, "reason": "the law"}
    )

    assert set(lines) == {"fa", "en"}
    assert all(lines.values())
    assert "%(" not in "".join(lines.values())
