"""What people type is made safe, and means what it meant."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persian.text import clean_input, first_strong, isolate, persian_editorial

ODD = st.text(
    st.sampled_from(
        "اآبيكی‌‌ \n\r\t\u200b\u202e\u2066\u2069\ufeff\u0653\u064b\u00a0ﻻﷲﹰ\x00aé\u0301😀\u2028"
    )
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a\u202eb\u2066c", "abc"),
        ("می\u200c\u200cشود\u200c ", "می\u200cشود"),
        ("\u200cسلام\u200c، \u200cخوبی\u200c", "سلام، خوبی"),
        ("ي ك", "ي ك"),
        ("ﺳﻼم", "سلام"),
        ("ا\u0653ب", "آب"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00\x07b\ue000\u200b\ufeffc", "abc"),
        ("  سلام\u00a0دنیا  ", "سلام دنیا"),
        ("مُدیرِ\u200cما", "مُدیرِ\u200cما"),
        ("👨\u200d👩\u200d👧 خانواده", "👨\u200d👩\u200d👧 خانواده"),
        ("", ""),
    ],
)
def test_input_is_cleaned(typed: str, stored: str) -> None:
    assert clean_input(typed) == stored


@given(st.one_of(ODD, st.text()))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_input(text)

    assert clean_input(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not set(once) & set("\r\x00\u202e\u2066\u200b\ufeff")


def test_staff_texts_get_persian_letters_and_single_spaces() -> None:
    assert persian_editorial("كارگري  ســاده") == "کارگری ساده"


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("سلام hello", "rtl"),
        ("123 hello سلام", "ltr"),
        ("\u2067سلام\u2069 hello", "ltr"),
        ("12:30", "rtl"),
    ],
)
def test_the_first_strong_letter_decides_the_direction(text: str, direction: str) -> None:
    assert first_strong(text) == direction


def test_without_letters_the_default_decides() -> None:
    assert first_strong("+98 900", "ltr") == "ltr"


def test_an_isolated_text_is_wrapped() -> None:
    assert isolate("x") == "\u2068x\u2069"
    assert isolate("x", "ltr") == "\u2066x\u2069"
