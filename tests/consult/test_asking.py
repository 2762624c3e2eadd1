"""Putting a question: what is stored of it, and that it is put once."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from agency.models import Topic
from chat.operations import ask
from consult.models import Case, Citizen, Consultation
from consult.operations.access import readable_pin
from consult.operations.asking import Asked, subject_of
from persian.tracking import tracking_ok
from tests.people import Asking
from trust.models import SealedOriginal

pytestmark = pytest.mark.django_db

IDENTITY = "0013542419"


def test_the_question_is_the_first_message(alice: Citizen, asks: Asking) -> None:
    consultation = asks(alice, "مهلت شکایت تا کی است؟")

    first = consultation.messages.get()
    assert (first.seq, first.role, first.text) == (1, "citizen", "مهلت شکایت تا کی است؟")
    assert consultation.last_seq == 1


def test_nothing_personal_is_stored_as_it_was_typed(alice: Citizen, asks: Asking) -> None:
    consultation = asks(alice, f"کد ملی من {IDENTITY} است، چه کنم؟", contact="09123456789")

    case = consultation.case
    stored = [case.subject, consultation.messages.get().text, consultation.messages.get().folded]
    assert not any(IDENTITY in each for each in stored)
    assert SealedOriginal.objects.get().kind == "national_id"
    assert "09123456789" not in str(Case.objects.values_list().get())
    assert check_password("6789", case.mobile_hash)


def test_an_email_is_a_second_answer_too(alice: Citizen, asks: Asking) -> None:
    case = asks(alice, contact=" Alice@Example.org ").case

    assert check_password("alice@example.org", case.email_hash)
    assert case.mobile_hash == ""


def test_a_case_has_a_code_with_a_check_digit_and_a_pin(alice: Citizen, asks: Asking) -> None:
    case = asks(alice).case

    assert tracking_ok(case.tracking_code)
    pin = readable_pin(citizen=alice, case=case)
    assert check_password(pin, case.pin_hash)
    assert len(pin) == 6


def test_the_same_form_twice_is_the_same_question(alice: Citizen, topic: Topic) -> None:
    asked = Asked(text="سؤال", language="fa", topic=topic)

    first = ask(asked=asked, citizen=alice)
    again = ask(asked=asked, citizen=alice)
    another = ask(asked=replace(asked, asked_as=uuid4()), citizen=alice)

    assert again.consultation == first.consultation
    assert another.consultation != first.consultation
    assert first.consultation.messages.count() == 1


def test_a_double_click_of_a_browser_without_a_cookie_opens_the_case_to_both_tokens(
    alice: Citizen, mallet: Citizen, topic: Topic
) -> None:
    asked = Asked(text="سؤال", language="fa", topic=topic)

    case = ask(asked=asked, citizen=alice).case
    ask(asked=asked, citizen=mallet)

    assert Case.objects.visible_to(mallet).get() == case


def test_the_class_of_the_line_is_the_topics_or_the_citizens_word(
    alice: Citizen, topic: Topic, asks: Asking
) -> None:
    Priority = Consultation.Priority  # noqa: N806
    assert asks(alice).priority == Priority.NORMAL
    assert asks(alice, vulnerable=True).priority == Priority.VULNERABLE

    Topic.objects.update(urgent=True)
    topic.refresh_from_db()
    assert asks(alice, topic=topic).priority == Priority.SAFETY


@pytest.mark.parametrize("text", ["", "\u202e", "ب" * 4_001])
def test_a_question_that_cannot_be_a_message_opens_no_case(
    alice: Citizen, asks: Asking, text: str
) -> None:
    with pytest.raises(ValidationError):
        asks(alice, text)

    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("سلام. حقوقم را نداده‌اند.", "سلام"),
        ("حقوقم را نداده‌اند؟ چه کنم", "حقوقم را نداده‌اند"),
        ("?", "?"),
        ("ب" * 200, "ب" * 99 + "…"),
        ("first line\nsecond", "first line"),
    ],
)
def test_the_subject_is_the_first_sentence_made_short(text: str, subject: str) -> None:
    assert subject_of(text) == subject
