"""Iranian numbers that can be checked by arithmetic alone.

A good check digit says that a number is well formed, not that anybody holds it.
"""

import re

from persian.digits import latin_digits

_LEGAL_WEIGHTS = (29, 27, 23, 19, 17) * 2
_DOUBLED = str.maketrans("0123456789", "0246813579")  # Twice the digit, its own digits added up.


def bare_digits(text: str) -> str:
    """Only the digits, in Latin."""
    return re.sub(r"\D", "", latin_digits(text))


def national_id_ok(text: str) -> bool:
    """A person's کد ملی: ten digits, or fewer where leading zeros were dropped."""
    digits = bare_digits(text)
    if not 8 <= len(digits) <= 10:
        return False
    digits = digits.zfill(10)
    remainder = sum(int(digits[i]) * (10 - i) for i in range(9)) % 11
    check = remainder if remainder < 2 else 11 - remainder
    return len(set(digits)) > 1 and int(digits[9]) == check


def legal_id_ok(text: str) -> bool:
    """An organisation's شناسه ملی: eleven digits, public."""
    digits = bare_digits(text)
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    shift = int(digits[9]) + 2
    total = sum((int(digits[i]) + shift) * _LEGAL_WEIGHTS[i] for i in range(10))
    return int(digits[10]) == total % 11 % 10


def luhn_ok(text: str) -> bool:
    digits = bare_digits(text)
    doubled = digits[-2::-2].translate(_DOUBLED)
    return bool(digits) and sum(map(int, digits[::-2] + doubled)) % 10 == 0


def card_ok(text: str) -> bool:
    """A bank card: sixteen digits, not all alike."""
    digits = bare_digits(text)
    return len(digits) == 16 and len(set(digits)) > 1 and luhn_ok(digits)


def sheba_ok(text: str) -> bool:
    """An Iranian IBAN, written in any grouping."""
    joined = re.sub(r"[\s\u200c\u200e\u200f_-]", "", latin_digits(text)).upper()
    if not re.fullmatch(r"IR\d{24}", joined):
        return False
    return int(joined[4:] + "1827" + joined[2:4]) % 97 == 1  # I is 18, R is 27.


def mobile_e164(text: str) -> str | None:
    """+98912… from any of the ways an Iranian mobile number is written, else None."""
    joined = re.sub(r"[\s\u200c\u200e\u200f()._-]", "", latin_digits(text))
    number = re.fullmatch(r"(?:(?:\+|00)?98|0)?(9\d{9})", joined)
    return f"+98{number[1]}" if number else None
