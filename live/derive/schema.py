"""docs/protocol.schema.json: every frame as JSON Schema, straight from its type."""

import inspect
import json
from typing import Any

import msgspec

from live.protocol import COMMANDS, EVENTS, MINOR, VERSION

Schema = dict[str, Any]


def definitions(template: str) -> dict[str, Schema]:
    """The schema of every frame by its Python name; `template` says how they refer to another."""
    frames = [*COMMANDS.values(), *EVENTS.values()]
    _tops, found = msgspec.json.schema_components(frames, ref_template=template)
    for each in found.values():
        each["description"] = inspect.cleandoc(each["description"])
    return found


def document() -> Schema:
    """One schema that holds for every frame, with a name for each."""
    found = definitions("#/$defs/{name}")
    found["Command"] = {"anyOf": [_link(each.__name__) for each in COMMANDS.values()]}
    found["Event"] = {"anyOf": [_link(each.__name__) for each in EVENTS.values()]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:rayzan:protocol:{VERSION}.{MINOR}",
        "title": f"Rayzan's protocol, version {VERSION}.{MINOR}",
        "description": "One frame. Unknown fields and unknown types are to be ignored.",
        "anyOf": [_link("Command"), _link("Event")],
        "$defs": found,
    }


def text() -> str:
    """The document as it is published."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def _link(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
