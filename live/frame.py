"""How a frame is read and written: one JSON object, its fields checked by their types.

What the frames are is said in `live.protocol`. msgspec reads, checks and writes them: what is
written once as a type is the reader, the JSON Schema and the page for people.
"""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

MAX_CURSORS = 200

Key = Annotated[str, Meta(min_length=1, max_length=36, pattern=r"^[ -~]+(?!\n)$")]
Count = Annotated[int, Meta(ge=0, lt=2**31)]
Cursors = Annotated[dict[UUID, Count], Meta(max_length=MAX_CURSORS)]

_encoded = msgspec.json.Encoder().encode


class MalformedError(Exception):
    """The frame is not one of ours. Carries the code that the sender is told."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Command(Struct, frozen=True, kw_only=True, gc=False, tag_field="type"):
    """What a browser may ask."""


class Event(Struct, frozen=True, kw_only=True, gc=False, tag_field="type"):
    """What the server tells."""

    def to_wire(self) -> bytes:
        """The frame as JSON, in UTF-8."""
        return _encoded(self)


def type_of(frame: type[Struct]) -> str:
    """The name by which a frame is known on the wire."""
    return str(frame.__struct_config__.tag)
