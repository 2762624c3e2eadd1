"""Spoken and Latin-letter Persian, brought back to words that can be looked up."""

import pytest

from persian.latin import likeness, skeleton
from persian.nearness import nearness, steps
from persian.speech import readings, says_little
from persian.verbs import infinitive


@pytest.mark.parametrize(
    ("spoken", "word"),
    [
        ("حقوقمو", "حقوق"),
        ("کارفرمام", "کارفرما"),
        ("تعاونیمون", "تعاونی"),
        ("شرکتامون", "شرکت"),
        ("قراردادشونو", "قرارداد"),
        ("البطاله", "بطاله"),
        ("شرکه", "شرکت"),
        ("licences", "licence"),
        ("companies", "company"),
    ],
)
def test_what_is_glued_to_a_word_can_be_cut_off(spoken: str, word: str) -> None:
    assert readings(spoken)[0] == spoken
    assert word in readings(spoken)


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        ("نمیدن", "ندادن"),
        ("ندادند", "ندادن"),
        ("میدهند", "دادن"),
        ("افتاده", "افتادن"),
        ("نمیکنه", "نکردن"),
        ("بیرون", ""),
        ("کتاب", ""),
    ],
)
def test_a_verb_is_told_by_its_stem(form: str, verb: str) -> None:
    assert infinitive(form) == verb


@pytest.mark.parametrize(
    ("latin", "persian"),
    [
        ("bime", "بیمه"),
        ("hoghoogh", "حقوق"),
        ("hoquq", "حقوق"),
        ("sabeghe", "سابقه"),
        ("karfarma", "کارفرما"),
        ("khoone", "خونه"),
        ("parvaneh", "پروانه"),
        ("vam", "وام"),
        ("eshteghal", "اشتغال"),
        ("yaraneh", "یارانه"),
    ],
)
def test_both_scripts_have_one_skeleton(latin: str, persian: str) -> None:
    assert skeleton(latin) == skeleton(persian)
    assert likeness(latin, persian) > 0.7


def test_vowels_tell_words_of_one_skeleton_apart() -> None:
    assert likeness("bime", "بیمه") > likeness("bime", "بام")


def test_a_misspelt_word_is_near_and_another_is_not() -> None:
    assert nearness("قرادادم", "قراردادم") > 0.8
    assert nearness("بیمه", "بیل") < 0.7
    assert nearness("حقوق", "کارگر") == 0
    assert steps("abdc", "abcd", 2) == 1
    assert steps("a", "abcdef", 2) == 3


def test_particles_of_every_language_say_little() -> None:
    assert all(says_little(each) for each in ("میخوام", "from", "کیف", "لطفا"))
    assert not says_little("بیمه")
