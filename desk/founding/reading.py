"""The bytes of an agency's file as a typed description, or every place that is wrong in it."""

import json
import re
from dataclasses import dataclass
from typing import Any

import msgspec
import yaml
from django.utils.translation import gettext as _

from catalog.importing.decoding import decoded
from catalog.importing.fields import said_of
from catalog.importing.reading import AsTyped, improper, rows_of
from catalog.importing.rows import UnreadableError
from desk.founding.shape import LISTS, Body, Country, Description

UNKNOWN = re.compile(r"unknown field `(\w+)`")
PLAIN = {"agency": Body, "holidays": Country}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A bad place: which part of the file, on which line where that is known, and why."""

    line: int
    part: str
    reason: str


class RefusedFileError(Exception):
    """The file cannot be taken; `faults` names every bad place."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(len(faults))
        self.faults = sorted(faults)


@dataclass(frozen=True, slots=True)
class Read:
    """A description, and the line that each row of each list begins on."""

    said: Description
    lines: dict[str, list[int]]


def read(raw: bytes, kind: str) -> Read:
    """Raises `UnreadableError` for what is no such file, `RefusedFileError` for bad places."""
    text = decoded(raw)
    whole = _whole(text, kind)
    faults = [_strange(name, text) for name in whole if name not in {*PLAIN, *LISTS}]
    typed: dict[str, Any] = {}
    lines: dict[str, list[int]] = {}
    for part, shape in PLAIN.items():
        if part in whole:
            typed[part] = _typed(whole[part], shape, _line_of(part, text), part, faults)
    for part, shape in LISTS.items():
        if part in whole:
            rows = rows_of(text, kind, part)
            lines[part] = [each.line for each in rows]
            found = [_row(each, shape, part, faults) for each in rows]
            typed[part] = [each for each in found if each is not None]
    for part in ("agency", "units", "topics"):
        if part not in whole:
            faults.append(Fault(0, part, _("%(field)s is missing.") % {"field": part}))
    if faults:
        raise RefusedFileError(faults)
    return Read(Description(**typed), lines)


def _whole(text: str, kind: str) -> dict[str, Any]:
    """The parts of the file by name. Whether it is proper is said where its rows are read."""
    try:
        whole = json.loads(text) if kind == "json" else yaml.load(text, AsTyped)
    except (json.JSONDecodeError, yaml.YAMLError, RecursionError) as fault:
        raise improper(kind, fault) from None
    if not isinstance(whole, dict):
        raise UnreadableError(_("This is no description of an agency: see docs/agency.md."))
    return whole


def _row(row: Any, shape: Any, part: str, faults: list[Fault]) -> Any:
    if row.fault:
        faults.append(Fault(row.line, part, row.fault))
        return None
    return _typed(row.values, shape, row.line, part, faults)


def _typed(said: Any, shape: Any, line: int, part: str, faults: list[Fault]) -> Any:
    try:
        return msgspec.convert(said, shape, strict=False)
    except msgspec.ValidationError as fault:
        faults.append(Fault(line, part, _complaint(fault)))
        return None


def _complaint(fault: msgspec.ValidationError) -> str:
    if strange := UNKNOWN.search(str(fault)):
        return _("There is no field “%(name)s” here.") % {"name": strange[1]}
    return said_of(fault)


def _strange(name: object, text: str) -> Fault:
    reason = _("There is no field “%(name)s” here.") % {"name": name}
    return Fault(_line_of(str(name), text), str(name), reason)


def _line_of(part: str, text: str) -> int:
    """Where a part of the file begins."""
    found = re.search(rf'^\s*"?{re.escape(part)}"?\s*:', text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 0
