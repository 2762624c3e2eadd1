"""Numbers on people's papers: national id, passport, birth certificate, post and accounts.

A number without a word beside it must be well formed to count; with the right word before
it, its shape is enough.
"""

import re
from collections.abc import Iterator

from persian.identifiers import national_id_ok
from persian.personal.groups import Run
from persian.personal.hit import Hit
from persian.personal.labels import Labels
from persian.personal.measures import is_amount, is_workshop_code
from persian.personal.reading import FILLERS, Reading

_PLAIN_SHAPES = {
    (10,),
    (3, 6, 1),
    (3, 7),
    (7, 3),
    (3, 3, 4),
    (3, 4, 3),
    (4, 3, 3),
    (5, 5),
    (6, 4),
    (4, 6),
}
_AREA_CODE = re.compile(r"0[1-8][1-9]")


def labelled_numbers(reading: Reading, labels: Labels) -> Iterator[Hit]:
    """Numbers that only a word makes personal: postal codes, accounts, foreigners' codes."""
    yield from _labelled(reading, labels, "postal", (10,), "******{last4}")
    yield from _labelled(reading, labels, "foreigner_code", range(14, 8, -1), "*******{last3}")
    yield from _labelled(reading, labels, "account", range(20, 5, -1), "******{last4}")


def _labelled(
    reading: Reading, labels: Labels, kind: str, sizes: range | tuple[int, ...], masked: str
) -> Iterator[Hit]:
    for size in sizes if labels.have(frozenset({kind})) else ():
        for run in reading.runs(size):
            label = labels.before(run.start, _TEN_DIGIT_KINDS, 40)
            if label is None or label.kind != kind or is_amount(reading.text, run.end):
                continue
            if not _first_after(reading, label.end, run.start) or not _sober(run, size):
                continue
            shown = masked.format(last4=run.digits[-4:], last3=run.digits[-3:])
            yield Hit(kind=kind, start=run.start, end=run.end, masked=shown)


_TEN_DIGIT_KINDS = frozenset(
    {"postal", "foreigner_code", "account", "national_id", "card", "phone", "secret", "password"}
)


def _sober(run: Run, size: int) -> bool:
    """Not a date, not two numbers side by side."""
    return run.uniform and not {"\n", ":", ",", "/"} & set(run.marks) if size < 11 else run.tidy


_LIST = re.compile(r"[\s,/-]*(?:و|and|,|/|-)?[\s\w]{0,12}$")


def _first_after(reading: Reading, label_end: int, position: int) -> bool:
    """A word speaks for the first number after it, and for the rest of a list that goes on."""
    between = reading.text[label_end:position]
    numbers = [m.end() for m in re.finditer(rf"[0-9]{{5,}}|[{FILLERS}]+", between)]
    return not numbers or _LIST.fullmatch(between[numbers[-1] :]) is not None


def national_ids(reading: Reading, labels: Labels) -> Iterator[Hit]:
    """A well-formed number by itself; after the word, any ten digits or shorter ones that check."""
    for run in reading.runs(10):
        valid = national_id_ok(run.digits)
        if _called_national(reading, labels, run):
            if valid or _sober_ten(run):
                yield _national_id(run, valid)
        elif valid and not _means_something_else(reading, run):
            yield _national_id(run, valid)
    for run in reading.runs(9, 8) if labels.have(_NATIONAL) else ():
        named = run.joined and _called_national(reading, labels, run)
        if named and national_id_ok(run.digits):
            yield _national_id(run, valid=True)


def _national_id(run: Run, valid: bool) -> Hit:
    masked = f"*******{run.digits[-3:]}"
    return Hit(kind="national_id", start=run.start, end=run.end, valid=valid, masked=masked)


_NATIONAL = frozenset({"national_id", "birth_certificate"})


def _called_national(reading: Reading, labels: Labels, run: Run) -> bool:
    label = labels.before(run.start, _NATIONAL, 45)
    if label and _first_after(reading, label.end, run.start):
        return True
    label = labels.after(run.end, _NATIONAL, 6)
    return label is not None and not re.search(
        rf"[0-9{FILLERS}]", reading.text[label.end : label.end + 20]
    )


def _sober_ten(run: Run) -> bool:
    return run.one_by_one or (min(run.shape) >= 3 and run.uniform) or run.shape == (3, 6, 1)


def _means_something_else(reading: Reading, run: Run) -> bool:
    """Ten digits that check by chance: an amount, a landline, a letter's number, years."""
    if is_amount(reading.text, run.end) or is_workshop_code(reading.text, run.start):
        return True
    if run.shape == (10,):
        return any(beside.mark == "/" and beside.size < 8 for beside in run.neighbours)
    if not (run.one_by_one or run.shape in _PLAIN_SHAPES):
        return True
    if "/" in run.marks and run.shape != (3, 6, 1):
        return True
    if not run.uniform or {"\n", ":", ","} & set(run.marks):
        return True
    return bool(run.goes_on or run.years or (run.shape == (3, 7) and _AREA_CODE.match(run.digits)))


_BIRTH_CERTIFICATE = frozenset({"birth_certificate"})
_DATE_GOES_ON = re.compile(r"\s*رقم|[/:.]\d")


def birth_certificates(reading: Reading, labels: Labels) -> Iterator[Hit]:
    """A short number that only its word makes clear."""
    if not labels.have(_BIRTH_CERTIFICATE):
        return
    for run in reading.runs(9, 8, 7, 6, 5, 4, 3):
        label = labels.before(run.start, _BIRTH_CERTIFICATE, 12)
        if label is None or not run.joined or is_amount(reading.text, run.end):
            continue
        first = not re.search(rf"[0-9{FILLERS}]", reading.text[label.end : run.start])
        if first and not _DATE_GOES_ON.match(reading.text, run.end):
            yield Hit(kind="birth_certificate", start=run.start, end=run.end, masked="****")


_PASSPORT = re.compile(
    r"(?<![a-z0-9])([a-z]{1,2})[\s-]?([0-9]{6,9})(?![a-z0-9])"
    r"|(?<![a-z0-9.,/-])[0-9]{7,9}(?![a-z0-9]|[./,-][0-9])"
)
_PASSPORT_LABEL = frozenset({"passport"})


def passports(reading: Reading, labels: Labels) -> Iterator[Hit]:
    """One or two letters and digits near the word; bare digits only right after it."""
    for passport in _PASSPORT.finditer(reading.text) if labels.have(_PASSPORT_LABEL) else ():
        start, end = passport.span()
        reach = 40 if passport[1] else 14
        label = labels.before(start, _PASSPORT_LABEL, reach)
        if label is None and passport[1]:
            label = labels.after(end, _PASSPORT_LABEL, 12)
        if label is None or is_amount(reading.text, end):
            continue
        if (
            not passport[1]
            and labels.before(start, frozenset({"passport", "phone", "national_id"}), 14) != label
        ):
            continue
        first = reading.cased[start] if passport[1] else "*"
        yield Hit(kind="passport", start=start, end=end, masked=f"{first}*****{passport[0][-2:]}")
