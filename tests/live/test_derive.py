"""What is published about the wire: the page, the schema, the description for machines."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator, FormatChecker

from live.derive import asyncapi, derived, schema, yaml
from live.frame import Event
from live.protocol import (
    COMMANDS,
    EVENTS,
    BoardChanged,
    ConsultationChanged,
    DutyChanged,
    HeartbeatAnswered,
    LineMoved,
    MessageDelivered,
    MessagePosted,
    MessageRefused,
    MessageSeen,
    MessageStored,
    ReconnectAsked,
    Refused,
    TypingShown,
    Welcomed,
)
from tests.live.examples import Frame, guide, recorded
from tests.live.test_protocol import EXAMPLES, ID, POST

HERE, NOW = UUID(ID), datetime(2026, 1, 2, tzinfo=UTC)
BOTH = {"fa": "سلام", "en": "hello"}
EVENTS_AS_TOLD: list[Event] = [
    Welcomed(protocol=1, minor=1, heartbeat_ms=15_000),
    MessageStored(
        consultation=HERE, stream="s", n=1, client_id="c", seq=1, at=NOW, text="", masked=["mobile"]
    ),
    MessageRefused(
        consultation=HERE, stream="s", n=1, client_id="c", code="gap", detail=BOTH, expect=2
    ),
    MessagePosted(
        consultation=HERE, seq=1, at=NOW, role="system", name=BOTH, text="", lines=BOTH, masked=[]
    ),
    MessageSeen(consultation=HERE, seq=1, by="citizen"),
    MessageDelivered(consultation=HERE, seq=1, by="counsellor"),
    TypingShown(consultation=HERE, by="citizen"),
    ConsultationChanged(consultation=HERE, version=2, state="closed"),
    LineMoved(),
    DutyChanged(),
    BoardChanged(),
    Refused(code="slow_down", detail=BOTH, retry_ms=200),
    ReconnectAsked(after_ms=1, jitter_ms=2),
    HeartbeatAnswered(),
]


def holds_for(part: str) -> Draft202012Validator:
    """The published schema's word on commands, or on events."""
    document = schema.document()
    one = {**document, "anyOf": [{"$ref": f"#/$defs/{part}"}]}
    return Draft202012Validator(one, format_checker=FormatChecker())


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema.document())


def test_the_schema_holds_for_an_example_of_every_command() -> None:
    for type_, fields in EXAMPLES.items():
        holds_for("Command").validate({"type": type_, **fields, "something_new": 1})

    assert set(EXAMPLES) == set(COMMANDS)


def test_the_schema_holds_for_every_event_as_it_is_told() -> None:
    for event in EVENTS_AS_TOLD:
        holds_for("Event").validate(json.loads(event.to_wire()))

    assert {type(event) for event in EVENTS_AS_TOLD} == set(EVENTS.values())


@pytest.mark.parametrize(
    "frame",
    [
        {},
        {"type": "message.post"},
        {"type": "message.delete"},
        {"type": "message.post", **POST, "n": -1},
        {"type": "message.post", **POST, "client_id": ""},
        {"type": "message.post", **POST, "text": None},
        {"type": "hello", "cursors": {ID: "1"}},
    ],
    ids=str,
)
def test_the_schema_refuses_what_the_server_refuses(frame: Frame) -> None:
    assert not holds_for("Command").is_valid(frame)


@pytest.mark.parametrize("session", [guide, recorded])
def test_the_schema_holds_for_every_frame_of_a_real_session(session: Any) -> None:
    frames = session()

    for to, frame in frames:
        holds_for("Command" if to == "server" else "Event").validate(frame)
    assert {"hello", "welcome", "message.post", "message.stored", "message.refused"} <= {
        frame["type"] for _to, frame in frames
    }


def test_every_frame_is_described_for_both_sockets_or_for_the_staff_alone() -> None:
    channels = asyncapi.document()["channels"]
    messages = asyncapi.document()["components"]["messages"]

    assert {each["name"] for each in messages.values()} == {*COMMANDS, *EVENTS}
    assert set(channels["staff"]["messages"]) == set(messages)
    assert set(messages) - set(channels["citizen"]["messages"]) == {
        "tellDutyChanged",
        "tellBoardChanged",
    }


def test_values_are_written_as_yaml_writes_them() -> None:
    value = {"on": True, "a": [{"b": "x: y", "c": None}, []], "text": "one\n\ntwo", "$ref": "#/x"}

    assert "\n".join(yaml.lines(value)) == (
        '"on": true\na:\n  - b: "x: y"\n    c: null\n  - []\ntext: |-\n  one\n\n  two\n$ref: "#/x"'
    )


def test_what_is_derived_is_fresh_and_a_stale_file_is_found(settings: Any, tmp_path: Any) -> None:
    call_command("protocol", "--check")
    settings.BASE_DIR = tmp_path
    for name in derived():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    call_command("protocol")
    call_command("protocol", "--check")

    for name in derived():
        fresh = (tmp_path / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(fresh + " ", encoding="utf-8")
        with pytest.raises(CommandError, match=name):
            call_command("protocol", "--check")
        (tmp_path / name).write_text(fresh, encoding="utf-8")
