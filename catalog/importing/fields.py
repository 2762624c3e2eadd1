"""The fields of the form by their path, and what a typed text means in one of them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext as _
from msgspec import inspect

from catalog.form.content import Content
from catalog.importing.rows import RefusedError
from persian.digits import latin_digits, ungrouped
from persian.folding import fold
from persian.text import clean_input, persian_editorial

COLUMNS = ("slug", "code", "national_id", "unit", "skill", "topics", "sample")
YES = {fold(each) for each in ("yes", "true", "1", "y", "بله", "بلی", "آری", "دارد", "هست")}
NO = {fold(each) for each in ("no", "false", "0", "n", "خیر", "نه", "ندارد", "نیست")}


@lru_cache(maxsize=512)
def kind_at(path: str) -> inspect.Type | None:
    """The type of a field such as `fee.amount_irr` or `documents[].fa`; None if there is none."""
    if path in COLUMNS:
        return _kind_of_column(path)
    kind: inspect.Type = inspect.type_info(Content)
    for part in path.split("."):
        kind = _bare(kind)
        if not isinstance(kind, inspect.StructType):
            return None
        name, rows = part.removesuffix("[]"), part.endswith("[]")
        found = next((each.type for each in kind.fields if each.name == name), None)
        if found is None:
            return None
        kind = _bare(found)
        if rows:
            if not isinstance(kind, inspect.ListType):
                return None
            kind = kind.item_type
    return _bare(kind)


def _kind_of_column(name: str) -> inspect.Type:
    text = inspect.StrType()
    return {"topics": inspect.ListType(text), "sample": inspect.BoolType()}.get(name, text)


def _bare(kind: inspect.Type) -> inspect.Type:
    """What it is when it is there."""
    if isinstance(kind, inspect.UnionType):
        return next(each for each in kind.types if not isinstance(each, inspect.NoneType))
    return kind


def is_list(path: str) -> bool:
    """Whether several values go there."""
    return "[]" in path or isinstance(kind_at(path), inspect.ListType)


def takes_values(path: str) -> bool:
    """Whether a text can be put there at all: a group of fields takes none."""
    kind = kind_at(path)
    if isinstance(kind, inspect.ListType):
        kind = _bare(kind.item_type)
    return kind is not None and not isinstance(kind, inspect.StructType | inspect.ListType)


def meant(path: str, text: str) -> Any:
    """The value that a typed text stands for in this field."""
    kind = kind_at(path)
    if isinstance(kind, inspect.ListType):
        kind = _bare(kind.item_type)
    if isinstance(kind, inspect.IntType):
        return _number(path, text)
    if isinstance(kind, inspect.BoolType):
        return _yes_or_no(path, text)
    if isinstance(kind, inspect.CustomType | inspect.EnumType):
        return _choice(path, text, kind.cls)
    if path in ("slug", "code", "national_id", "unit", "skill", "topics"):
        return latin_digits(clean_input(text)).strip()
    return tidy(path, text)


def tidy(path: str, text: str) -> str:
    """A text as the house writes it: Persian letters where Persian is meant."""
    own = path.endswith((".en", "link", "url", "email", "date"))
    return (clean_input(text) if own else persian_editorial(text)).strip()


def _number(path: str, text: str) -> int:
    digits = ungrouped(text)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 17):
        said = {"field": path, "value": short(text)}
        raise RefusedError(_("%(field)s: “%(value)s” is not a whole number.") % said)
    return int(digits)


def _yes_or_no(path: str, text: str) -> bool:
    word = fold(text).strip()
    if word not in YES | NO:
        said = {"field": path, "value": short(text)}
        raise RefusedError(_("%(field)s: “%(value)s” is neither yes nor no.") % said)
    return word in YES


def _choice(path: str, text: str, choices: Any) -> str:
    found = _choices(choices).get(fold(text).strip())
    if found is None:
        said = {"field": path, "value": short(text), "choices": ", ".join(choices.values)}
        raise RefusedError(_("%(field)s: “%(value)s” is none of %(choices)s.") % said)
    return found


@lru_cache(maxsize=64)
def _choices(choices: type[TextChoices]) -> Mapping[str, str]:
    """Each choice by its code and by its name in both languages."""
    known = {fold(each.value).strip(): str(each.value) for each in choices}
    for language in ("fa", "en"):
        with translation.override(language):
            known |= {fold(str(each.label)).strip(): str(each.value) for each in choices}
    return known


def short(text: object) -> str:
    said = str(text)
    return said if len(said) <= 40 else f"{said[:40]}…"


PLACE = re.compile(r" - at `\$\.?(.*)`$")
LENGTH = re.compile(r"length <= (\d+)")


def said_of(fault: msgspec.ValidationError) -> str:
    """msgspec's complaint, in the reader's language."""
    text = str(fault)
    place = PLACE.search(text)
    field = place[1] if place else ""
    if longest := LENGTH.search(text):
        said = {"field": field, "letters": longest[1]}
        return _("%(field)s: longer than %(letters)s letters.") % said
    if missing := re.search(r"missing required field `(\w+)`", text):
        field = f"{field}.{missing[1]}".strip(".")
        return _("%(field)s is missing.") % {"field": field}
    return _("%(field)s: this does not fit the form.") % {"field": field or "—"}
