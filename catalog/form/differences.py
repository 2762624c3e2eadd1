"""What is different between two filled forms, in words. Pure.

Texts are compared per language, rows by what names them: a row that was only moved or reworded is
changed, not one gone and another come.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from catalog.form.content import plain, read
from catalog.form.labels import FIELDS, LISTS, PARTS, in_words

NOT_SAID = {"code", "iso8601", "order"}  # Ours, derived, or said of all rows at once.

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that became another. `part` says which of the field, in words; may be empty."""

    field: str
    label: str
    part: str
    kind: Kind
    before: str
    after: str


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """All of them, in the order of the form."""
    old, new = plain(read(before)), plain(read(after))
    return [each for field in FIELDS for each in _of_field(field, old[field], new[field])]


def _of_field(field: str, old: Any, new: Any) -> Iterator[Difference]:
    if isinstance(old, list) and _is_rows(old + new):
        yield from _of_rows(field, old, new)
        return
    for path, before, after in _leaves(old, new):
        if not _same_ticks(path[-1] if path else field, before, after):
            yield _difference(field, path, before, after)


def _same_ticks(name: str, old: Any, new: Any) -> bool:
    """Of what was ticked the order says nothing."""
    ticked = name in LISTS and isinstance(old, list) and isinstance(new, list)
    return ticked and sorted(old) == sorted(new)


def _is_rows(rows: list[Any]) -> bool:
    return bool(rows) and all(isinstance(each, dict) for each in rows)


def _of_rows(
    field: str, old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> Iterator[Difference]:
    pairs = _paired(old, new)
    for there, row in enumerate(new):
        if there not in pairs:
            yield _whole(field, "added", row)
            continue
        for path, before, after in _leaves(old[pairs[there]], row):
            yield _difference(field, path, before, after, name_of(row))
    for here, row in enumerate(old):
        if here not in pairs.values():
            yield _whole(field, "removed", row)
    kept = [pairs[there] for there in sorted(pairs)]
    if kept != sorted(kept):
        yield _difference(
            field,
            ("order",),
            [name_of(old[i]) for i in sorted(kept)],
            [name_of(old[i]) for i in kept],
        )


def _paired(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> dict[int, int]:
    """Which row was which: by its code, else by its name, else what is left in the same order."""
    pairs: dict[int, int] = {}
    for key in (_code, name_of, _anything):
        for there, row in enumerate(new):
            for here, former in enumerate(old):
                free = there not in pairs and here not in pairs.values()
                if free and key(row) and key(row) == key(former):
                    pairs[there] = here
    return pairs


def _code(row: dict[str, Any]) -> str:
    return str(row.get("code") or "")


def _anything(_row: dict[str, Any]) -> bool:
    return True


def name_of(row: dict[str, Any]) -> str:
    """What a row is called."""
    words = row.get("body") or row
    return str(words.get("fa") or words.get("en") or "")


def _whole(field: str, kind: Kind, row: dict[str, Any]) -> Difference:
    said = name_of(row)
    before, after = ("", said) if kind == "added" else (said, "")
    return Difference(field, str(FIELDS[field]), "", kind, before, after)


def _leaves(
    old: Any, new: Any, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    if isinstance(old, dict) or isinstance(new, dict):
        there, here = old or {}, new or {}
        for name in dict.fromkeys([*there, *here]):
            if name not in NOT_SAID:
                yield from _leaves(there.get(name), here.get(name), (*path, name))
    elif (old or None) != (new or None):
        yield path, old, new


def _difference(
    field: str, path: tuple[str, ...], before: Any, after: Any, row: str = ""
) -> Difference:
    part = [row] if row else []
    part += [str(PARTS.get(name, name)) for name in path]
    said = [in_words(each, path[-1] if path else field, field) for each in (before, after)]
    empty = [each in (None, "", []) for each in (before, after)]
    kind: Kind = "added" if empty[0] else "removed" if empty[1] else "changed"
    return Difference(field, str(FIELDS[field]), "، ".join(part), kind, said[0], said[1])
