"""The order in which a Persian reader looks a word up."""

from persian.sorting import sort_key

ORDERED = "2 ۱۲ آب ابر بیمه پروانه چای ژاله قانون کار گواهی نامه وام هنر یارانه"


def test_the_persian_alphabet_and_numbers_by_value() -> None:
    words = ORDERED.split()
    assert sorted(sorted(words), key=sort_key) == words


def test_both_kafs_stand_in_one_place() -> None:
    assert sort_key("كار") == sort_key("کار")


def test_marks_and_joiners_do_not_count() -> None:
    assert sort_key("مُدیر") == sort_key("مدیر")
    assert sort_key("می‌شود") == sort_key("میشود")


def test_latin_words_come_last() -> None:
    assert sorted(["PDF", "یک", "۳", "-"], key=sort_key) == ["-", "۳", "یک", "PDF"]
