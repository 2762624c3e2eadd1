"""Rows of a text, each with the line that it begins on: JSON, YAML or CSV.

JSON is read record by record, because a report without lines helps nobody. YAML values are read as
the text that was typed: as numbers, an id would lose its leading zero, and `no` would be false.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import yaml
from django.utils.translation import gettext as _

from catalog.importing.rows import Row, UnreadableError

DECODER = json.JSONDecoder
BLANK = " \t\r\n"
DELIMITERS = ",;\t"
CELL = 1_000_000  # Letters in one cell.


def rows_of(text: str, kind: str, place: str) -> list[Row]:
    """All rows; `place` is where a JSON or YAML document keeps them."""
    readers: dict[str, Callable[[str, str], list[Row]]] = {
        "json": of_json,
        "yaml": of_yaml,
        "csv": of_csv,
    }
    return readers[kind](text, place)


# --- JSON ---------------------------------------------------------------------------------------


def of_json(text: str, place: str = "services") -> list[Row]:
    """The records of a list, or of the list that an object has under `place`."""
    try:
        start = _list_in(text, _skip(text, 0), place)
        return list(_elements(text, start))
    except json.JSONDecodeError as fault:
        raise improper("json", fault) from None
    except (IndexError, RecursionError) as fault:
        raise improper("json", fault, text.count("\n") + 1) from None


def _list_in(text: str, at: int, place: str) -> int:
    """Where the list of records begins."""
    if text[at] == "[":
        return at
    if text[at] != "{":
        raise json.JSONDecodeError("", text, at)
    decoder, at = DECODER(), _skip(text, at + 1)
    while text[at] == '"':
        name, at = decoder.raw_decode(text, at)
        at = _skip(text, at)
        if text[at] != ":":
            raise json.JSONDecodeError("", text, at)
        at = _skip(text, at + 1)
        if name == place and text[at] == "[":
            return at
        _value, at = decoder.raw_decode(text, at)
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
    raise UnreadableError(_("There is no list called “%(name)s” in the file.") % {"name": place})


def _elements(text: str, at: int) -> Iterator[Row]:
    twice: list[str] = []
    decoder = DECODER(object_pairs_hook=partial(_noting_repeats, twice))
    line, counted = 1, 0
    at = _skip(text, at + 1)
    while text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        value, at = decoder.raw_decode(text, at)
        yield _row(line, value, twice[0] if twice else "")
        twice.clear()
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
        elif text[at] != "]":
            raise json.JSONDecodeError("", text, at)


def _noting_repeats(twice: list[str], pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice += [name for name in names if names.count(name) > 1]
    return found


def _skip(text: str, at: int) -> int:
    while text[at] in BLANK:
        at += 1
    return at


def _row(line: int, value: Any, twice: str = "") -> Row:
    if twice:
        return Row(line, {}, _("The field “%(name)s” stands here twice.") % {"name": twice})
    if not isinstance(value, dict):
        return Row(line, {}, _("A record is expected here."))
    return Row(line, value)


def improper(kind: str, fault: Exception, otherwise: int = 1) -> UnreadableError:
    """Of a text that is nothing of the kind; on which line, as far as the fault knows it."""
    mark = getattr(fault, "problem_mark", None)
    line = getattr(fault, "lineno", 0) or (mark.line + 1 if mark else otherwise)
    said = {"format": kind.upper(), "line": line}
    return UnreadableError(_("This is not proper %(format)s: look at line %(line)s.") % said)


# --- YAML ---------------------------------------------------------------------------------------


class AsTyped(yaml.CBaseLoader if hasattr(yaml, "CBaseLoader") else yaml.BaseLoader):  # type: ignore[misc]
    """Texts, lists and mappings only: nothing in a file can build anything else."""


def of_yaml(text: str, place: str = "services") -> list[Row]:
    """The same of YAML."""
    loader = AsTyped(text)
    try:
        node = _list_node(loader.get_single_node(), place)
        seen: set[int] = set()
        return [_yaml_row(loader, each, seen) for each in node.value]
    except (yaml.YAMLError, RecursionError) as fault:
        raise improper("yaml", fault) from None
    finally:
        loader.dispose()


def _list_node(node: Any, place: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        named = [value for name, value in node.value if getattr(name, "value", "") == place]
        node = named[0] if named else None
    if not isinstance(node, yaml.SequenceNode):
        fault = _("There is no list called “%(name)s” in the file.") % {"name": place}
        raise UnreadableError(fault)
    return node


def _yaml_row(loader: Any, node: Any, seen: set[int]) -> Row:
    line = node.start_mark.line + 1
    if fault := _fault_of(node, seen):
        return Row(line, {}, fault)
    return _row(line, loader.construct_object(node, deep=True))


def _fault_of(node: Any, seen: set[int]) -> str:
    """Names said twice; and aliases, by which a short file unfolds into an endless one."""
    if isinstance(node, yaml.ScalarNode):
        return ""
    if id(node) in seen:
        return _("A record may not refer to another by an alias (*).")
    seen.add(id(node))
    children = node.value
    if isinstance(node, yaml.MappingNode):
        names = [str(name.value) for name, _value in node.value]
        if twice := next((name for name in names if names.count(name) > 1), ""):
            return _("The field “%(name)s” stands here twice.") % {"name": twice}
        children = [value for _name, value in node.value]
    return next(filter(None, (_fault_of(each, seen) for each in children)), "")


# --- CSV ----------------------------------------------------------------------------------------


def of_csv(text: str, _place: str = "") -> list[Row]:
    """The rows below the header; the separator is the one that the header has most of."""
    csv.field_size_limit(CELL)
    header_line = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=header_line.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = _header(table)
        return list(_below(table, header))
    except csv.Error as fault:
        raise improper("csv", fault, table.line_num) from None


def _header(table: Any) -> list[str]:
    header = [cell.strip() for cell in next((row for row in table if any(row)), [])]
    if not header:
        raise UnreadableError(_("The file is empty."))
    if twice := next((name for name in header if name and header.count(name) > 1), ""):
        fault = _("Two columns are called “%(name)s”.") % {"name": twice}
        raise UnreadableError(fault)
    return header


def _below(table: Any, header: list[str]) -> Iterator[Row]:
    line = table.line_num + 1
    for cells in table:
        if any(cell.strip() for cell in cells):
            if len(cells) > len(header) and any(cells[len(header) :]):
                yield Row(line, {}, _("This row has more cells than the header."))
            else:
                yield Row(line, dict(zip(header, cells, strict=False)))
        line = table.line_num + 1
