"""How a frame is read and written: one JSON object, its fields checked by their types.

What the frames are is said in `live.protocol`.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from typing import Any, ClassVar, NewType, Self
from uuid import UUID

import orjson

MAX_CURSORS = 200

Key = NewType("Key", str)
Cursors = dict[UUID, int]


class MalformedError(Exception):
    """The frame is not one of ours. Carries the code that the sender is told."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What a browser may ask."""

    type: ClassVar[str]

    @classmethod
    def read(cls, frame: dict[str, Any]) -> Self:
        """Build the command from a parsed frame, or raise `MalformedError`."""
        values = {}
        for field in fields(cls):
            if field.name in frame:
                values[field.name] = READERS[field.type](frame[field.name])
            elif field.default is MISSING:
                raise MalformedError("missing_field")
        return cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What the server tells."""

    type: ClassVar[str]

    def to_wire(self) -> str:
        """The frame as JSON text."""
        frame = {field.name: getattr(self, field.name) for field in fields(self)}
        return orjson.dumps({"type": self.type, **frame}).decode()


def read_text(value: Any) -> str:
    if not isinstance(value, str):
        raise MalformedError("bad_field")
    return value


def read_key(value: Any) -> str:
    key = read_text(value)
    if not 1 <= len(key) <= 36 or not key.isascii() or not key.isprintable():
        raise MalformedError("bad_field")
    return key


def read_count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**31:
        raise MalformedError("bad_field")
    return value


def read_id(value: Any) -> UUID:
    try:
        return UUID(value)
    except (ValueError, AttributeError, TypeError):
        raise MalformedError("bad_field") from None


def read_cursors(value: Any) -> Cursors:
    if not isinstance(value, dict) or len(value) > MAX_CURSORS:
        raise MalformedError("bad_field")
    return {read_id(key): read_count(seq) for key, seq in value.items()}


READERS: dict[Any, Callable[[Any], Any]] = {
    str: read_text,
    Key: read_key,
    int: read_count,
    UUID: read_id,
    Cursors: read_cursors,
}
