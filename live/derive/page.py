"""docs/protocol.md: what is said once in guide.md, and every frame from its type."""

import inspect
from pathlib import Path
from typing import Any

from msgspec.structs import FieldInfo, fields

from live.derive.words import words
from live.frame import type_of
from live.protocol import COMMANDS, EVENTS, MINOR, VERSION

GUIDE = Path(__file__).with_name("guide.md")


def text() -> str:
    """The whole page."""
    guide = GUIDE.read_text(encoding="utf-8")
    parts = [f"# The protocol, version {VERSION}.{MINOR}\n", guide.rstrip() + "\n"]
    parts += ["## What a client may ask\n", *map(_section, COMMANDS.values())]
    parts += ["## What the server tells\n", *map(_section, EVENTS.values())]
    return "\n".join(parts)


def _section(frame: Any) -> str:
    lines = [f"### `{type_of(frame)}`\n", inspect.cleandoc(frame.__doc__ or "") + "\n"]
    rows = [_row(field) for field in fields(frame)]
    if rows:
        lines += ["| field | is |\n|---|---|\n" + "\n".join(rows) + "\n"]
    return "\n".join(lines)


def _row(field: FieldInfo) -> str:
    default = "null" if field.default is None else f"{field.default!r}".replace("'", '"')
    optional = "" if field.required else f"; may be left out (`{default}`)"
    return f"| `{field.name}` | {words(field.type)[0]}{optional} |"
