"""A code that people read out, type in any digits, and mistype."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persian.digits import in_digits_of
from persian.tracking import (
    damm,
    format_tracking,
    new_pin,
    new_tracking_code,
    normal_pin,
    parse_tracking,
    tracking_ok,
)

CODES = st.integers().map(lambda seed: new_tracking_code(Random(seed)))


@given(CODES, st.sampled_from(["fa", "ar", "en"]))
def test_what_was_handed_out_is_read_back(code: str, language: str) -> None:
    assert parse_tracking(in_digits_of(format_tracking(code), language)) == code


@given(CODES, st.integers(0, 11), st.integers(1, 9))
def test_every_wrong_digit_is_noticed(code: str, place: int, error: int) -> None:
    wrong = str((int(code[place]) + error) % 10)
    assert not tracking_ok(code[:place] + wrong + code[place + 1 :])


@given(CODES, st.integers(0, 10))
def test_every_swap_of_neighbours_is_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert swapped == code or not tracking_ok(swapped)


@pytest.mark.parametrize(
    "typed",
    ["7383-2335-6480", " ۷۳۸۳ ۲۳۳۵ ۶۴۸۰ ", "7383\u200c2335\u200f6480", "7383–2335_6480"],
)
def test_a_code_is_accepted_as_it_is_typed(typed: str) -> None:
    assert parse_tracking(typed) == "738323356480"


@pytest.mark.parametrize("typed", ["", "7383-2335-648", "7383-2335-6481", "a38323356480", "0" * 12])
def test_anything_else_is_no_code(typed: str) -> None:
    assert parse_tracking(typed) is None


def test_a_code_is_never_taken_for_a_mobile() -> None:
    codes = [new_tracking_code() for _ in range(200)]

    assert not {code[0] for code in codes} & {"0", "9"}
    assert all(damm(code) == 0 for code in codes)
    assert len(set(codes)) == 200


def test_a_pin_has_no_two_look_alikes() -> None:
    letters = set("".join(new_pin() for _ in range(300)))

    assert not letters & set("0O1IL5S2Z8B")
    assert len(new_pin()) == 6


def test_a_pin_may_be_typed_loosely() -> None:
    assert normal_pin(" k7m-4\u200eqx ") == "K7M4QX"
    assert normal_pin("k۷m۴qx") == "K7M4QX"
