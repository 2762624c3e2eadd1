"""The code that a case is followed by, and the PIN that goes with it.

Twelve digits, 7383-2335-6480: eleven by chance and a Damm check digit, which catches every
single wrong digit and every swap of neighbours. Digits only, because switching keyboards is
the commonest mistake; nothing is counted or dated in it, so it tells nothing.
"""

import re
from random import Random
from secrets import SystemRandom, choice

from persian.digits import latin_digits

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_PIN_ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"  # No two that look or sound alike on paper.
_PIN_LENGTH = 6
_BETWEEN = re.compile(
    r"[\s\u00ad\u061c\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2066-\u2069\ufeff_-]"
)


def damm(digits: str) -> int:
    """The check digit of `digits`; 0 where the last one is their right check digit already."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim


def new_tracking_code(random: Random | None = None) -> str:
    """Never begins with 0 or 9, so that it cannot be taken for a mobile number."""
    random = random or SystemRandom()
    body = str(random.randrange(1 * 10**10, 9 * 10**10))
    return body + str(damm(body))


def tracking_ok(text: str) -> bool:
    return parse_tracking(text) is not None


def parse_tracking(text: str) -> str | None:
    """The twelve digits of a code in any digits and grouping, or None if it cannot be one."""
    digits = latin_digits(_BETWEEN.sub("", text))
    well_formed = re.fullmatch(r"[1-8][0-9]{11}", digits)
    return digits if well_formed and damm(digits) == 0 else None


def format_tracking(code: str) -> str:
    """The same in every language, so that it can be read out: 7383-2335-6480."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def new_pin() -> str:
    return "".join(choice(_PIN_ALPHABET) for _ in range(_PIN_LENGTH))


def normal_pin(text: str) -> str:
    """A typed PIN as it was given: capital letters, Latin digits, no spaces."""
    return latin_digits(_BETWEEN.sub("", text)).upper()
