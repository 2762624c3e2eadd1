"""One number, three sets of digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persian.digits import grouped, in_digits_of, latin_digits, persian_digits


def test_persian_arabic_and_full_width_digits_become_latin() -> None:
    assert latin_digits("۱۲۳ ٤٥٦ 789 ４２") == "123 456 789 42"


def test_each_language_reads_its_own_digits() -> None:
    assert in_digits_of("2026", "fa") == "۲۰۲۶"
    assert in_digits_of("۲۰۲۶", "ar") == "٢٠٢٦"
    assert in_digits_of("۲۰۲۶", "en") == "2026"


@pytest.mark.parametrize(
    ("number", "language", "shown"),
    [
        (12500000, "fa", "۱۲٬۵۰۰٬۰۰۰"),
        (12500000, "en", "12,500,000"),
        (1234567.5, "fa", "۱٬۲۳۴٬۵۶۷٫۵"),
        (0, "fa", "۰"),
        (-1200, "en", "-1,200"),
    ],
)
def test_large_numbers_are_grouped(number: float, language: str, shown: str) -> None:
    assert grouped(number, language) == shown


@given(st.text())
def test_changing_digits_moves_nothing(text: str) -> None:
    assert len(latin_digits(text)) == len(text)
    assert latin_digits(persian_digits(text)) == latin_digits(text)
