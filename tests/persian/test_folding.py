"""Different spellings meet in the index, and matches are shown in the writer's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persian.folding import fold, fold_with_offsets, highlight, light_stem, tokens, trigrams

PERSIAN = st.text(st.sampled_from("آأابپيیكکهةۀؤءئـُ‌ ABéß۱٢3.،ﻻ\n"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كارگر", "کارگر"),
        ("يارانه", "یارانه"),
        ("هیأت", "هیات"),
        ("هیئت", "هییت"),
        ("مؤسسه", "موسسه"),
        ("خانهٔ", "خانه"),
        ("خانۀ", "خانه"),
        ("مُدیر", "مدیر"),
        ("ســلام", "سلام"),
        ("۱۲۳", "123"),
        ("٤٥٦", "456"),
        ("آیین‌نامه", "ایین‌نامه"),
        ("إجراء", "اجرا"),
        ("سورة", "سوره"),
        ("ABC", "abc"),
        ("ﻻ", "لا"),
    ],
)
def test_spellings_of_one_word_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_two_words_for_one_thing_stay_two() -> None:
    assert fold("هیئت") != fold("هیات")  # The list of synonyms carries these.


@given(st.one_of(PERSIAN, st.text()))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.one_of(PERSIAN, st.text()))
def test_every_folded_character_leads_back(text: str) -> None:
    folded, offsets = fold_with_offsets(text)

    assert folded == fold(text)
    assert len(offsets) == len(folded)
    assert offsets == sorted(offsets)
    assert all(
        character == " " or character in fold(text[offset])
        for character, offset in zip(folded, offsets, strict=True)
    )


@pytest.mark.parametrize("written", ["تعاونی‌ها", "تعاونیها", "تعاونی ها"])
def test_a_plural_is_found_however_it_is_joined(written: str) -> None:
    assert {"تعاون", "تعاونی"} & set(tokens(written))


def test_a_verb_is_found_with_and_without_its_zwnj() -> None:
    assert set(tokens("می‌خواهم")) & set(tokens("میخواهم"))


def test_words_that_tell_nothing_are_left_out() -> None:
    assert tokens("سلام و لطفا") == []


def test_a_short_word_keeps_its_ending() -> None:
    assert light_stem("کارها") == "کار"
    assert light_stem("دان") == "دان"


def test_trigrams_forgive_a_missing_letter() -> None:
    shared = set(trigrams("بیمه بیکاری")) & set(trigrams("بیمه بکاری"))
    assert len(shared) >= 6


def test_a_match_is_shown_as_it_was_written() -> None:
    pieces = highlight("درخواستِ مرخصي كارگران", "مرخصی کارگر")

    assert pieces == [("درخواستِ ", False), ("مرخصي", True), (" ", False), ("كارگران", True)]


def test_a_marked_word_is_highlighted_with_its_marks() -> None:
    assert highlight("مُدیرِ ما", "مدیر") == [("مُدیرِ", True), (" ما", False)]


def test_three_letters_find_the_words_that_begin_with_them() -> None:
    assert highlight("بازنشستگی", "بازن") == [("بازنشستگی", True)]
    assert highlight("بازنشستگی", "با") == [("بازنشستگی", False)]


@given(PERSIAN, PERSIAN)
def test_highlighting_loses_no_letter(text: str, query: str) -> None:
    assert "".join(piece for piece, _ in highlight(text, query)) == text
