"""Check digits of Iranian numbers; every number here is invented."""

import pytest

from persian.identifiers import (
    card_ok,
    legal_id_ok,
    luhn_ok,
    mobile_e164,
    national_id_ok,
    sheba_ok,
)


@pytest.mark.parametrize("number", ["0012345679", "۱۲۳۴۵۶۷۸۹۱", "12345679", "001-234567-9"])
def test_a_national_id_checks(number: str) -> None:
    assert national_id_ok(number)


@pytest.mark.parametrize("number", ["0012345678", "1111111111", "0000000000", "1234567", ""])
def test_a_mistyped_national_id_does_not(number: str) -> None:
    assert not national_id_ok(number)


def test_an_organisations_id_checks() -> None:
    assert legal_id_ok("14000000003")
    assert legal_id_ok("10380284790")
    assert not legal_id_ok("10380284792")
    assert not legal_id_ok("11111111111")


def test_cards_check_in_any_grouping() -> None:
    assert card_ok("6037-9900-0000-0006")
    assert card_ok("۶۲۱۹۸۶۱۱۱۱۲۲۲۲۳۷")
    assert not card_ok("6037990000000007")
    assert not card_ok("0000000000000000")
    assert luhn_ok("0")
    assert not luhn_ok("")


def test_a_sheba_checks_in_any_grouping() -> None:
    assert sheba_ok("IR760170000000000000000001")
    assert sheba_ok("ir76-0170 0000 0000 0000 0000 01")
    assert not sheba_ok("IR770170000000000000000001")
    assert not sheba_ok("760170000000000000000001")


@pytest.mark.parametrize(
    "written",
    ["۰۹۰۰ ۰۰۰ ۰۰۰۱", "+98 900 000 0001", "0098(900)0000001", "989000000001", "9000000001"],
)
def test_a_mobile_has_one_international_form(written: str) -> None:
    assert mobile_e164(written) == "+989000000001"


@pytest.mark.parametrize("written", ["02160000000", "0900000000", "+9719000000001", "abc"])
def test_other_numbers_are_no_mobiles(written: str) -> None:
    assert mobile_e164(written) is None
