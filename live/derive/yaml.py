"""Plain values as YAML: enough for a document of ours, and nothing more."""

import json
import re
from typing import Any

PLAIN_KEY = re.compile(r"[A-Za-z$_][\w$.-]*")
RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def lines(value: Any, indent: int = 0) -> list[str]:
    """`value` as a block, one string a line."""
    pad = "  " * indent
    if isinstance(value, dict) and value:
        return [line for key, each in value.items() for line in _entry(pad, key, each, indent)]
    if isinstance(value, list) and value:
        return [line for each in value for line in _item(pad, each, indent)]
    return [pad + _scalar(value)]


def _entry(pad: str, key: str, value: Any, indent: int) -> list[str]:
    if isinstance(value, str) and "\n" in value:
        body = ["  " + pad + line if line else "" for line in value.split("\n")]
        return [f"{pad}{_key(key)}: |-", *body]
    if isinstance(value, dict | list) and value:
        return [f"{pad}{_key(key)}:", *lines(value, indent + 1)]
    return [f"{pad}{_key(key)}: {_scalar(value)}"]


def _item(pad: str, value: Any, indent: int) -> list[str]:
    first, *rest = lines(value, indent + 1)
    return [f"{pad}- {first.lstrip()}", *rest]


def _key(key: str) -> str:
    plain = PLAIN_KEY.fullmatch(key) and key.lower() not in RESERVED
    return key if plain else _scalar(key)


def _scalar(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)  # Every JSON value is a YAML value.
