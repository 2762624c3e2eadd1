"""Phone numbers of people: mobiles in every way they are written, and clear numbers abroad.

Landlines here are not personal enough to hide: offices are reached by them.
"""

import re
from collections.abc import Iterator

from persian.personal.groups import Run
from persian.personal.hit import Hit
from persian.personal.labels import Labels
from persian.personal.measures import is_amount, is_file_number
from persian.personal.reading import Reading

_MOBILE = re.compile(r"(?:(?:00)?98)?0?(9[0-9]{9})")
_NATIONAL_OR_POSTAL = frozenset({"national_id", "postal", "foreigner_code", "account", "passport"})
_SHORT_MOBILE_SHAPES = {
    (10,),
    (3, 7),
    (3, 3, 4),
    (3, 4, 3),
    (3, 3, 2, 2),
    (5, 5),
    (4, 6),
    (4, 3, 3),
}
_PHONE = frozenset({"phone"})


def mobiles(reading: Reading, labels: Labels) -> Iterator[Hit]:
    """Iranian mobiles with 0 or 98 before them, in any grouping."""
    for run in reading.runs(15, 14, 13, 12, 11):
        number = _MOBILE.fullmatch(run.digits)
        if number and _phone_marks(run) and not (run.shape[0] == 2 and run.years):
            yield _mobile(reading, run, number[1])


def short_mobiles(reading: Reading, labels: Labels) -> Iterator[Hit]:
    """The same without the 0: ten digits, so another word before them decides otherwise."""
    for run in reading.runs(10):
        number = _MOBILE.fullmatch(run.digits)
        shaped = (run.shape in _SHORT_MOBILE_SHAPES and run.uniform) or run.one_by_one
        if not number or not shaped or not _phone_marks(run) or is_amount(reading.text, run.end):
            continue
        if run.goes_on or is_file_number(reading.text, run.start):
            continue
        if not labels.before(run.start, _NATIONAL_OR_POSTAL, 30):
            yield _mobile(reading, run, number[1])


def _phone_marks(run: Run) -> bool:
    return not any(mark in "\n:,|*" for mark in run.marks) and (
        "/" not in run.marks or (set(run.shape) <= {3, 4, 7} and min(run.shape) >= 3)
    )


def _mobile(reading: Reading, run: Run, number: str) -> Hit:
    start = _with_plus(reading.text, run)
    masked = f"0{number[:3]}*******"  # Its last four digits open the case: never shown.
    return Hit(kind="mobile", start=start, end=run.end, masked=masked)


_PLUS = re.compile(r"\+\s?\(?$")


def _with_plus(text: str, run: Run) -> int:
    """Where the number begins if its plus, or the bracket around its first group, belongs to it."""
    plus = _PLUS.search(text, max(0, run.start - 3), run.start)
    bracket = text[max(0, run.start - 1) : run.start] == "(" and run.marks[:1] == (")",)
    return plus.start() if plus else run.start - bracket


def foreign_phones(reading: Reading, labels: Labels) -> Iterator[Hit]:
    """Abroad only what is clearly a phone: a plus, or 00 after a word for phone."""
    for run in reading.runs(15, 14, 13, 12, 11, 10):
        number = run.digits.removeprefix("00")
        called = number != run.digits and labels.before(run.start, _PHONE, 24)
        if number.startswith(("98", "0")) or not (called or "+" in reading.text):
            continue
        start = _with_plus(reading.text, run)
        if not called and reading.text[start] != "+":
            continue
        if _phone_marks(run) and not is_amount(reading.text, run.end):
            masked = f"+{number[:2]}*******"
            yield Hit(kind="phone", start=start, end=run.end, masked=masked)
