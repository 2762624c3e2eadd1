"""docs/asyncapi.yaml: the two sockets for machines, in AsyncAPI 3."""

import inspect
from typing import Any

from live.derive import schema, yaml
from live.frame import type_of
from live.protocol import COMMANDS, EVENTS, MINOR, VERSION

STAFF_ONLY = frozenset({"duty.changed", "board.changed"})
ANSWERS = {
    "hello": ("welcome", "refused"),
    "message.post": ("message.stored", "message.refused", "refused"),
    "heartbeat": ("heartbeat",),
}
SOCKETS = {
    "citizen": ("/ws/citizen/", "A citizen's page: whoever asked, known by the browser's cookie."),
    "staff": ("/ws/staff/", "A person of the staff: all their conversations on one connection."),
}

Part = dict[str, Any]
FRAMES: dict[str, Any] = {
    **{f"ask.{name}": each for name, each in COMMANDS.items()},
    **{f"tell.{name}": each for name, each in EVENTS.items()},
}


def document() -> Part:
    """The whole description."""
    return {
        "asyncapi": "3.1.0",
        "info": {
            "title": "Rayzan",
            "version": f"{VERSION}.{MINOR}",
            "description": "The live wire; docs/protocol.md says how to use it.",
        },
        "defaultContentType": "application/json",
        "servers": {
            "office": {
                "host": "{host}",
                "protocol": "wss",
                "description": "An agency's installation; ws:// on one's own machine.",
                "variables": {"host": {"default": "localhost:8000"}},
                "security": [{"$ref": f"#/components/securitySchemes/{name}"} for name in SOCKETS],
            }
        },
        "channels": {name: _channel(name) for name in SOCKETS},
        "operations": {key: each for name in SOCKETS for key, each in _operations(name).items()},
        "components": {
            "messages": {_id(key): _message(key) for key in FRAMES},
            "schemas": schema.definitions("#/components/schemas/{name}"),
            "securitySchemes": {"citizen": _cookie("citizen"), "staff": _cookie("session")},
        },
    }


def text() -> str:
    """The description as it is published."""
    head = "# Derived from live/protocol.py by `make protocol`. Do not edit."
    return "\n".join([head, *yaml.lines(document())]) + "\n"


def _channel(name: str) -> Part:
    address, description = SOCKETS[name]
    heard = [key for key in FRAMES if _is_for(name, key)]
    return {
        "address": address,
        "description": description,
        "messages": {_id(key): {"$ref": f"#/components/messages/{_id(key)}"} for key in heard},
        "bindings": {"ws": {"headers": _headers(), "bindingVersion": "0.1.0"}},
    }


def _headers() -> Part:
    origin = {"type": "string", "description": "One of the installation's own, to the letter."}
    return {"type": "object", "required": ["Origin"], "properties": {"Origin": origin}}


def _operations(name: str) -> dict[str, Part]:
    """From the server's side: it receives commands and sends events."""
    found: dict[str, Part] = {}
    for type_ in COMMANDS:
        asked: Part = {"action": "receive", **_refer(name, f"ask.{type_}")}
        if type_ in ANSWERS:
            asked["reply"] = _refer(name, *(f"tell.{each}" for each in ANSWERS[type_]))
        found[f"{name}.{_id(f'ask.{type_}')}"] = asked
    told = [key for key in FRAMES if key.startswith("tell.") and _is_for(name, key)]
    found[f"{name}.tell"] = {"action": "send", **_refer(name, *told)}
    return found


def _refer(name: str, *keys: str) -> Part:
    messages = [{"$ref": f"#/channels/{name}/messages/{_id(key)}"} for key in keys]
    return {"channel": {"$ref": f"#/channels/{name}"}, "messages": messages}


def _is_for(name: str, key: str) -> bool:
    return name == "staff" or key.removeprefix("tell.") not in STAFF_ONLY


def _message(key: str) -> Part:
    frame = FRAMES[key]
    summary, _blank, rest = inspect.cleandoc(frame.__doc__ or "").partition("\n\n")
    more = {"description": rest} if rest else {}
    return {
        "name": type_of(frame),
        "summary": summary.replace("\n", " "),
        **more,
        "payload": {"$ref": f"#/components/schemas/{frame.__name__}"},
    }


def _cookie(name: str) -> Part:
    return {
        "type": "httpApiKey",
        "name": f"rayzan-{name}",
        "in": "cookie",
        "description": "Set by the pages; with the prefix __Host- in production.",
    }


def _id(key: str) -> str:
    """`ask.message.post` → `askMessagePost`."""
    first, *rest = key.split(".")
    return first + "".join(word.title() for word in rest)
