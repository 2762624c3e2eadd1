"""Somebody else's list as proposals: which of their columns is which of our fields.

A mapping is a YAML file, written once for a list and kept beside it (docs/open-data.md):

    list: items                      # where a JSON or YAML document keeps its records
    columns:
      عنوان: title.fa
      مدارک: {field: "documents[].fa", separator: "؛"}
      نوع: {field: service_type, values: {شهروندان: G2C}}
    constants:
      unit: labour_relations
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import yaml
from django.utils.translation import gettext as _

from catalog.form.content import read
from catalog.importing.fields import COLUMNS, is_list, meant, said_of, takes_values
from catalog.importing.rows import Proposal, RefusedError, Row, UnreadableError

USUAL_SEPARATOR = "،"
PARTS = {"list", "columns", "constants"}
OPTIONS = {"field", "separator", "values"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where the value of a column goes, and what is done with it on the way."""

    field: str
    separator: str
    values: dict[str, str]

    def values_of(self, said: Any) -> list[Any]:
        """What a cell means here; several values only where a list is wanted."""
        if isinstance(said, list):
            if any(isinstance(each, list | dict) for each in said):
                raise RefusedError(_("%(field)s: takes texts only.") % {"field": self.field})
            texts = [str(each) for each in said]
        elif is_list(self.field):
            texts = _plain_text(said).split(self.separator)
        else:
            texts = [_plain_text(said)]
        filled = [each.strip() for each in texts if each.strip()]
        if len(filled) > 1 and not is_list(self.field):
            raise RefusedError(_("%(field)s: takes one value only.") % {"field": self.field})
        return [meant(self.field, self.values.get(each, each)) for each in filled]


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A read mapping."""

    place: str
    columns: dict[str, list[Target]]
    constants: list[tuple[Target, str]]

    def unused(self, rows: list[Row]) -> list[str]:
        """Columns of the file that go nowhere, so that nobody is surprised."""
        named = dict.fromkeys(name for row in rows[:100] for name in _flat(row.values))
        return [name for name in named if name and name not in self.columns]

    def insist(self, rows: list[Row]) -> None:
        """Refuse a file without the columns that this was written for."""
        named = {name for row in rows for name in _flat(row.values)}
        missing = [name for name in self.columns if name not in named]
        if rows and named and missing:
            said = {"names": _("“, ”").join(missing)}
            raise UnreadableError(_("The file has no column “%(names)s”.") % said)

    def proposal(self, row: Row) -> Proposal:
        """What this row wants; raises `RefusedError`."""
        if row.fault:
            raise RefusedError(row.fault)
        found: dict[str, Any] = {}
        for name, said in _flat(row.values).items():
            for target in self.columns.get(name, []):
                if values := target.values_of(said):
                    put(found, target.field, values)
        for target, said in self.constants:
            _put_constant(found, target, said)
        _number_steps(found)
        return proposed(row.line, found)


def proposed(line: int, found: dict[str, Any]) -> Proposal:
    """A checked proposal of the fields that were found."""
    columns = {name: found.pop(name) for name in COLUMNS if name in found}
    if not found.get("title", {}).get("fa", "").strip():
        raise RefusedError(_("A title in Persian is needed."))
    try:
        read(found)
    except msgspec.ValidationError as fault:
        raise RefusedError(said_of(fault)) from None
    return Proposal(line=line, form=found, **columns)


# --- Reading a mapping --------------------------------------------------------------------------


def mapping_of(text: str) -> ColumnMapping:
    """The mapping that a file says; raises `UnreadableError` with what is wrong with it."""
    try:
        said = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        raise UnreadableError(_("The mapping is not proper YAML.")) from None
    if not isinstance(said, dict) or not isinstance(said.get("columns"), dict):
        raise UnreadableError(_("The mapping needs a part “columns”."))
    if strange := set(said) - PARTS:
        _complain(sorted(strange)[0])
    constants = said.get("constants") or {}
    if not isinstance(constants, dict):
        _complain("constants")
    return ColumnMapping(
        place=str(said.get("list") or "services"),
        columns={name: list(_targets(each)) for name, each in said["columns"].items()},
        constants=[(_target({"field": path}), str(each)) for path, each in constants.items()],
    )


def _targets(said: Any) -> Iterator[Target]:
    for each in said if isinstance(said, list) else [said]:
        yield _target(each if isinstance(each, dict) else {"field": each})


def _target(said: dict[str, Any]) -> Target:
    if strange := set(said) - OPTIONS:
        _complain(sorted(strange)[0])
    path, values = str(said.get("field", "")), said.get("values") or {}
    if not takes_values(path) or path.count("[]") > 1:
        raise UnreadableError(_("A card has no field “%(name)s”.") % {"name": path})
    if not isinstance(values, dict):
        _complain("values")
    separator = str(said.get("separator") or USUAL_SEPARATOR)
    return Target(path, separator, {str(name): str(each) for name, each in values.items()})


def _complain(name: str) -> None:
    raise UnreadableError(_("The mapping says “%(name)s”, which means nothing.") % {"name": name})


# --- Putting values in their places -------------------------------------------------------------


def put(form: dict[str, Any], path: str, values: list[Any]) -> None:
    """`values` at `path`; at `documents[].fa` one for each row, which are made as needed."""
    before, rows, after = path.partition("[].")
    if not rows:
        group, name = _group(form, path)
        group[name] = values if is_list(path) else values[0]
        return
    group, name = _group(form, before)
    kept: list[dict[str, Any]] = group.setdefault(name, [])
    kept.extend({} for _missing in range(len(values) - len(kept)))
    for row, value in zip(kept, values, strict=False):
        inner, last = _group(row, after)
        inner[last] = value


def _put_constant(form: dict[str, Any], target: Target, said: str) -> None:
    """A constant of rows goes into each row that there is."""
    values = target.values_of(said)
    if values and "[]." in target.field:
        group, name = _group(form, target.field.partition("[].")[0])
        values = values[:1] * len(group.get(name, []))
    if values:
        put(form, target.field, values)


def _group(form: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    """Where a path ends, and the name there."""
    *groups, name = path.split(".")
    for each in groups:
        form = form.setdefault(each, {})
    return form, name


def _number_steps(form: dict[str, Any]) -> None:
    for order, step in enumerate(form.get("steps", []), 1):
        step.setdefault("order", order)


def _flat(values: dict[str, Any], before: str = "") -> dict[str, Any]:
    """A record within a record as columns with dots."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{before}{name}.")
        else:
            found[f"{before}{name}".strip()] = value
    return found


def _plain_text(said: Any) -> str:
    if isinstance(said, bool):
        return "yes" if said else "no"
    return "" if said is None else str(said)
