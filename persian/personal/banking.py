"""Bank numbers: Sheba and cards, by shape, check digits and the words that announce them."""

import re
from collections.abc import Iterator
from itertools import accumulate
from operator import itemgetter

from persian.identifiers import card_ok, sheba_ok
from persian.personal.groups import Run
from persian.personal.hit import Hit
from persian.personal.labels import Labels
from persian.personal.measures import is_amount
from persian.personal.reading import Reading

_SHEBA = frozenset({"sheba"})
_IR = re.compile(r"(?<![a-z0-9])ir[\s.:_-]{0,3}(?=[0-9])")


def shebas(reading: Reading, labels: Labels) -> Iterator[Hit]:
    """Twenty-four digits after IR, after the word, or with the right check alone."""
    begun: dict[int, int] = {}
    if "ir" in reading.text:
        begun = {prefix.end(): prefix.start() for prefix in _IR.finditer(reading.text)}
    for run in reading.runs(24, 25, 26, 23, 22):
        valid = sheba_ok("IR" + run.digits)
        named = run.start in begun or labels.before(run.start, _SHEBA, 24)
        if (valid or named) and run.tidy:
            start, masked = begun.get(run.start, run.start), f"IR** **** {run.digits[-4:]}"
            yield Hit(kind="sheba", start=start, end=run.end, valid=valid, masked=masked)


_CARD = frozenset({"card"})
_NUMBERED = frozenset({"card", "phone", "account", "sheba"})
_COMMON_CARD_STARTS = "234569"
_BANK_STARTS = (
    "170019 207177 502229 502806 502908 502910 502938 504172 504706 505416 505785 505801"
    " 505809 507677 581672 581874 585947 585983 589210 589463 603769 603770 603799 606256"
    " 606373 610433 621986 622106 627353 627381 627412 627488 627648 627760 627884 627961"
    " 628023 628157 636214 636795 636797 636949 639194 639217 639346 639347 639370 639599"
    " 639607 936450 991975"
)
_BANKS = frozenset(_BANK_STARTS.split())
_TWO_DATES = re.compile(r"(?:(?:1[34]|20)\d\d[01]\d[0-3]\d){2}")


def cards(reading: Reading, labels: Labels) -> Iterator[Hit]:
    """Sixteen digits. Check digits are forgiven where shape, bank or word already says card."""
    checked = [(card_ok(run.digits), run) for run in reading.runs(16)]
    for valid, run in sorted(checked, key=itemgetter(0), reverse=True):
        shaped = _card_shaped(run, valid) or begins_with_a_bank(run)
        if not shaped and not _called_card(reading, run, valid, labels):
            continue
        if not _other_sixteen(run, valid, labels):
            yield _card(run, valid)
    for run in reading.runs(15, 17, 18, 19):
        if run.joined and labels.before(run.start, _CARD, 20):
            yield _card(run, valid=False)


def begins_with_a_bank(run: Run) -> bool:
    """Six digits that a bank here prints on its cards: then any grouping is a card."""
    return run.tidy and run.digits[:6] in _BANKS and not _round_groups(run)


def _called_card(reading: Reading, run: Run, valid: bool, labels: Labels) -> bool:
    """After the word any sixteen count, unless they are dates, amounts or two other numbers."""
    label = labels.before(run.start, _CARD if valid else _NUMBERED, 20)
    if label is None or label.kind != "card" or not run.tidy:
        return False
    if valid:
        return _TWO_DATES.fullmatch(run.digits) is None
    if run.digits[0] not in _COMMON_CARD_STARTS or {"\n", ":", ","} & set(run.marks):
        return False
    listed = run.years or _round_groups(run) or is_amount(reading.text, run.end)
    return not listed and max(run.shape) not in (10, 11, 12)


def _card(run: Run, valid: bool) -> Hit:
    masked = f"**** **** **** {run.digits[-4:]}"
    return Hit(kind="card", start=run.start, end=run.end, valid=valid, masked=masked, keep="never")


def _card_shaped(run: Run, valid: bool) -> bool:
    if run.shape == (16,):
        return True
    if run.years == len(run.shape):
        return False
    if run.shape == (4, 4, 4, 4):
        return not _round_groups(run) and (valid or _in_card_rhythm(run))
    if not valid or "/" in run.marks or "," in run.marks or ":" in run.marks:
        return False
    if run.one_by_one or set(run.shape) == {2}:
        return run.uniform
    if min(run.shape) >= 3 and run.digits[0] in _COMMON_CARD_STARTS and run.uniform:
        return True
    alone = run.tidy and not run.neighbours and not run.years and not _round_groups(run)
    return alone and run.digits[0] in "56" and "\n" not in run.marks


def _in_card_rhythm(run: Run) -> bool:
    """Four times four is a card even with a wrong digit, unless it is years or a list."""
    if {"\n", ":"} & set(run.marks):
        return False
    return run.years < 2 if run.uniform else not (run.years or run.neighbours)


def _round_groups(run: Run) -> bool:
    """Amounts side by side: 1000 2000 3000 4000."""
    ends = accumulate(run.shape)
    return len(run.shape) > 1 and all(run.digits[end - 2 : end] == "00" for end in ends)


def _other_sixteen(run: Run, valid: bool, labels: Labels) -> bool:
    """A court file has sixteen digits too; a card must check and begin as a bank's do."""
    if valid and run.digits[0] in "56":
        return False
    label = labels.before(run.start, frozenset({"other", "card"}), 12)
    return label is not None and label.kind == "other"
