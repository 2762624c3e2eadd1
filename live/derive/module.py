"""static/live/protocol.js: the names of the frames, and their fields for the editor."""

from typing import Any

from msgspec.structs import fields

from live.derive.words import words
from live.frame import type_of
from live.protocol import COMMANDS, EVENTS, MINOR, VERSION


def text() -> str:
    """The whole module."""
    parts = [
        "// Derived from live/protocol.py by `make protocol`. Do not edit.\n",
        f"export const VERSION = {VERSION};\nexport const MINOR = {MINOR};\n",
    ]
    frames: dict[str, Any] = {**EVENTS, **COMMANDS}
    for frame in frames.values():  # A name that both sides use is one constant.
        parts.append(_typedef(frame))
        parts.append(f'export const {_constant(type_of(frame))} = "{type_of(frame)}";\n')
    return "\n".join(parts)


def _constant(type_: str) -> str:
    return type_.upper().replace(".", "_")


def _typedef(frame: Any) -> str:
    lines = ["/**", f" * @typedef {{Object}} {frame.__name__}"]
    lines += [f" * @property {{{words(each.type)[1]}}} {each.name}" for each in fields(frame)]
    return "\n".join([*lines, " */"])
