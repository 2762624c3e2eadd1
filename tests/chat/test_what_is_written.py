"""What becomes of a text on its way into the transcript: measured, cleaned, covered."""

import pytest

from accounts.models import User
from chat.models import Message
from chat.page import subject_of
from chat.posts import MAX_LENGTH, Rejected, Stored
from consult.models import Citizen, Consultation
from tests.chat.writing import one, says
from trust.models import SealedOriginal
from trust.vault import unseal

pytestmark = pytest.mark.django_db
IDENTITY = "0013542419"


@pytest.mark.parametrize("text", ["", " \n\t ", "\u202e\u2066", "\x00\x07", "\u200b\ufeff"])
def test_there_must_be_something_to_read(alice: Citizen, talk: Consultation, text: str) -> None:
    assert one(says(talk, alice, text)) == Rejected(code="empty")


def test_a_text_has_four_thousand_characters_and_not_one_more(
    alice: Citizen, talk: Consultation
) -> None:
    assert isinstance(one(says(talk, alice, "ب" * MAX_LENGTH)), Stored)
    assert one(says(talk, alice, "ب" * (MAX_LENGTH + 1), n=2)) == Rejected(code="too_long")
    assert isinstance(one(says(talk, alice, "ب" * MAX_LENGTH + " \r\n", n=2)), Stored)


def test_control_characters_and_direction_tricks_are_taken_out(
    alice: Citizen, talk: Consultation
) -> None:
    message = one(says(talk, alice, "a\x00b\x1b[31mc\u202edcba\u2069\r\nd"))

    assert Message.objects.get(pk=(message.consultation, message.seq)).text == "ab[31mcdcba\nd"


def test_personal_data_is_covered_before_it_is_stored_and_kept_in_the_vault(
    alice: Citizen, talk: Consultation
) -> None:
    message = one(says(talk, alice, f"کد ملی من {IDENTITY} است"))

    stored = Message.objects.get(pk=(message.consultation, message.seq))
    sealed = SealedOriginal.objects.get(subject_id=subject_of(stored)[1])
    assert IDENTITY not in stored.text + stored.folded
    assert (stored.masked, sealed.kind) == (["national_id"], "national_id")
    assert unseal(sealed.ciphertext) == IDENTITY
    assert IDENTITY.encode() not in bytes(sealed.ciphertext)


def test_a_counsellors_words_are_covered_too(oscar: User, talk: Consultation) -> None:
    assert IDENTITY not in one(says(talk, oscar, f"کد ملی شما {IDENTITY} است؟")).text


def test_what_opens_or_pays_is_kept_nowhere(alice: Citizen, talk: Consultation) -> None:
    message = one(says(talk, alice, "شماره کارتم 6037991234567893 و رمز دوم 845123 است"))

    assert "6037991234567893" not in message.text
    kept = SealedOriginal.objects.filter(subject_id=subject_of(message)[1])
    assert [unseal(each.ciphertext) for each in kept] == []


def test_a_reply_with_an_unfilled_place_is_not_sent(
    alice: Citizen, oscar: User, talk: Consultation
) -> None:
    assert one(says(talk, oscar, "Hello {name}")) == Rejected(code="unfilled")
    assert isinstance(one(says(talk, oscar, "Hello {friend}")), Stored)
    assert isinstance(one(says(talk, alice, "what is {name}?", stream="hers")), Stored)
