"""What is derived from `live.protocol`: the page for people, the module for browsers. Pure."""

import inspect
from collections.abc import Iterable
from typing import Any

from msgspec.structs import FieldInfo, fields

from live.frame import MAX_CURSORS, Count, Cursors, Key, type_of
from live.protocol import COMMANDS, EVENTS, VERSION

TYPES: dict[Any, tuple[str, str]] = {  # Python → (words, JSDoc)
    Key: ("text, 1 to 36 ASCII characters", "string"),
    Cursors: (
        f"object: consultation → last sequence, at most {MAX_CURSORS}",
        "Object<string, number>",
    ),
    Count: ("number ≥ 0", "number"),
}


def words(annotation: Any) -> tuple[str, str]:
    """How a field's type reads, for people and for JSDoc."""
    if annotation in TYPES:
        return TYPES[annotation]
    name = str(getattr(annotation, "__name__", annotation)).removeprefix("builtins.")
    text = str(annotation) if "[" in str(annotation) or "|" in str(annotation) else name
    text = text.replace("uuid.", "").replace("typing.", "").replace("datetime.", "")
    spoken = {
        "UUID": ("UUID", "string"),
        "str": ("text", "string"),
        "int": ("number ≥ 0", "number"),
        "datetime": ("moment, ISO 8601 in UTC", "string"),
        "list[str]": ("list of text", "string[]"),
        "dict[str, str]": ("object: fa, en", "{fa: string, en: string}"),
        "dict[str, str] | None": ("object: fa, en; or null", "?{fa: string, en: string}"),
        "int | None": ("number or null", "?number"),
        "dict[str, Any] | None": ("object or null", "?Object"),
    }
    return spoken[text]


def page() -> str:
    """docs/protocol.md."""
    parts = [INTRODUCTION, "## What a browser may ask\n", *map(_section, COMMANDS.values())]
    parts += ["## What the server tells\n", *map(_section, EVENTS.values())]
    return "\n".join(parts)


def module() -> str:
    """static/live/protocol.js."""
    parts = [
        "// Derived from live/protocol.py by `make protocol`. Do not edit.\n",
        f"export const VERSION = {VERSION};\n",
    ]
    frames: dict[str, Any] = {**EVENTS, **COMMANDS}
    for frame in frames.values():  # A name that both sides use is one constant.
        parts.append(_typedef(frame))
        parts.append(f'export const {constant(type_of(frame))} = "{type_of(frame)}";\n')
    return "\n".join(parts)


def constant(type_: str) -> str:
    return type_.upper().replace(".", "_")


def _section(frame: Any) -> str:
    lines = [f"### `{type_of(frame)}`\n", inspect.cleandoc(frame.__doc__ or "") + "\n"]
    rows = [_row(field) for field in fields(frame)]
    if rows:
        lines += ["| field | is |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _row(field: FieldInfo) -> str:
    optional = "" if field.required else f"; may be left out (`{field.default!r}`)"
    return f"| `{field.name}` | {words(field.type)[0]}{optional} |"


def _typedef(frame: Any) -> str:
    lines = ["/**", f" * @typedef {{Object}} {frame.__name__}"]
    lines += _properties(fields(frame))
    return "\n".join([*lines, " */"])


def _properties(found: Iterable[FieldInfo]) -> list[str]:
    return [f" * @property {{{words(field.type)[1]}}} {field.name}" for field in found]


INTRODUCTION = f"""# The protocol, version {VERSION}

Derived from live/protocol.py by `make protocol`. Do not edit.

One socket per person and page: `/ws/citizen/` for whoever asked (the http-only cookie of the
browser opens it), `/ws/staff/` for signed-in people of the staff (the session cookie). The `Origin`
must be one of ours, to the letter. Every frame is one JSON object of text with a `type`; unknown
fields are ignored.

1. Open the socket, say `hello` with the last sequence held of each conversation on the page.
2. What was missed comes as `message.posted`, then `welcome`. Beat every `heartbeat_ms`.
3. Post with `message.post` and keep the message until `message.stored` or a final
   `message.refused`; after a lost connection send everything unacknowledged again, in order. A
   repeat is answered like the first time and stored once.
4. Take `message.posted` in sequence: drop what is not newer, say `hello` again on a gap.
5. Every other event is a hint that something is different; ask the server (a page, a fragment)
   what it is. Any event may be lost, repeated or late.

Close codes: 4403 this is not open to you; 4408 too slow a reader (connect again and resume);
4429 too many sockets; 1008 (4008 under daphne) flooding or twenty malformed frames; 1012 the
server restarts. A handshake that is refused ends with HTTP 403.

Limits: a frame has at most 65,536 bytes, a text 4,000 characters after cleaning; one person may
send 5 frames a second, 20 at once (then `slow_down` with `retry_ms`); 3 sockets per citizen, 10 per
person of the staff.
"""
