"""Bank numbers: Sheba and cards, by shape, check digits and the words that announce them."""

import re
from collections.abc import Iterator
from operator import itemgetter

from persian.identifiers import card_ok, sheba_ok
from persian.personal.groups import Run
from persian.personal.hit import Hit
from persian.personal.labels import Labels
from persian.personal.reading import Reading

_SHEBA = frozenset({"sheba"})
_IR = re.compile(r"(?<![a-z0-9])ir[\s.:_-]{0,3}(?=[0-9])")


def shebas(reading: Reading, labels: Labels) -> Iterator[Hit]:
    """Twenty-four digits after IR, after the word, or with the right check alone."""
    begun = {prefix.end(): prefix.start() for prefix in _IR.finditer(reading.text)}
    sizes = (24, 25, 26, 23, 22) if begun or "sheba" in labels.kinds else (24,)
    for run in reading.runs(*sizes):
        valid = sheba_ok("IR" + run.digits)
        named = run.start in begun or labels.before(run.start, _SHEBA, 24)
        if (valid or named) and run.tidy:
            start, masked = begun.get(run.start, run.start), f"IR** **** {run.digits[-4:]}"
            yield Hit(kind="sheba", start=start, end=run.end, valid=valid, masked=masked)


_CARD = frozenset({"card"})
_COMMON_CARD_STARTS = "234569"


def cards(reading: Reading, labels: Labels) -> Iterator[Hit]:
    """Sixteen digits. Check digits are forgiven where shape or word already says card."""
    checked = [(card_ok(run.digits), run) for run in reading.runs(16)]
    for valid, run in sorted(checked, key=itemgetter(0), reverse=True):
        called = valid and run.tidy and labels.before(run.start, _CARD, 20)
        if (called or _card_shaped(run, valid)) and not _other_sixteen(run, valid, labels):
            yield _card(run, valid)
    for run in reading.runs(15, 17, 18, 19):
        if run.joined and labels.before(run.start, _CARD, 20):
            yield _card(run, valid=False)


def _card(run: Run, valid: bool) -> Hit:
    masked = f"**** **** **** {run.digits[-4:]}"
    return Hit(kind="card", start=run.start, end=run.end, valid=valid, masked=masked, keep="never")


def _card_shaped(run: Run, valid: bool) -> bool:
    if run.shape == (16,):
        return True
    if run.years == len(run.shape):
        return False
    if run.shape == (4, 4, 4, 4):
        return not _all_round(run) and (valid or _in_card_rhythm(run))
    if not valid or "/" in run.marks or "," in run.marks or ":" in run.marks:
        return False
    if run.one_by_one or set(run.shape) == {2}:
        return run.uniform
    return min(run.shape) >= 3 and run.digits[0] in _COMMON_CARD_STARTS and run.uniform


def _in_card_rhythm(run: Run) -> bool:
    """Four times four is a card even with a wrong digit, unless it is years or a list."""
    if {"\n", ":"} & set(run.marks):
        return False
    return run.years < 2 if run.uniform else not (run.years or run.neighbours)


def _all_round(run: Run) -> bool:
    """Amounts side by side: 1000 2000 3000 4000."""
    return all(run.digits[end - 2 : end] == "00" for end in (4, 8, 12, 16))


def _other_sixteen(run: Run, valid: bool, labels: Labels) -> bool:
    """A court file has sixteen digits too; a card must check and begin as a bank's do."""
    if valid and run.digits[0] in "56":
        return False
    label = labels.before(run.start, frozenset({"other", "card"}), 12)
    return label is not None and label.kind == "other"
