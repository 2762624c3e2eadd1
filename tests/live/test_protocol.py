"""Every frame on the wire: what is understood, what is refused, and that both ends agree."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from live.frame import MAX_CURSORS, Command, Event, MalformedError, type_of
from live.protocol import (
    COMMANDS,
    EVENTS,
    Hello,
    MessagePosted,
    PostMessage,
    parse,
    revive,
)

ID = "7b7e6a52-3c0a-4a53-9d0c-0c3f5f8c9b11"
POST = {"consultation": ID, "stream": "s", "n": 1, "client_id": "c", "text": "hello"}
EXAMPLES: dict[str, dict[str, Any]] = {
    "hello": {"cursors": {ID: 3}},
    "message.post": POST,
    "message.receive": {"consultation": ID, "seq": 1},
    "message.see": {"consultation": ID, "seq": 1},
    "typing.show": {"consultation": ID},
    "heartbeat": {},
}


def read(type_: Any, **frame: Any) -> Command:
    return parse(msgspec.json.encode({"type": type_, **frame}).decode())


def refusal(text: str) -> str:
    with pytest.raises(MalformedError) as refused:
        parse(text)
    return refused.value.code


def test_there_is_an_example_of_every_command() -> None:
    assert set(EXAMPLES) == set(COMMANDS)


@pytest.mark.parametrize("type_", EXAMPLES)
def test_a_command_is_understood_whatever_else_a_newer_page_says(type_: str) -> None:
    command = read(type_, **EXAMPLES[type_], something_new={"deep": [1]})

    assert isinstance(command, COMMANDS[type_])


@pytest.mark.parametrize("type_", EXAMPLES)
def test_a_command_without_one_of_its_fields_is_refused(type_: str) -> None:
    for field in fields(COMMANDS[type_]):
        frame = {name: value for name, value in EXAMPLES[type_].items() if name != field.name}
        if field.required:
            assert (
                refusal(msgspec.json.encode({"type": type_, **frame}).decode()) == "missing_field"
            )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "malformed"),
        ("hello", "malformed"),
        ("{", "malformed"),
        ('{"type": "heartbeat"} {}', "malformed"),
        ("[]", "malformed"),
        ("7", "malformed"),
        ("null", "malformed"),
        ("NaN", "malformed"),
        ('"heartbeat"', "malformed"),
        ('{"type": "\\ud800"}', "malformed"),
        ("[" * 100_000, "malformed"),
        ("{}", "unknown_type"),
        ('{"type": null}', "unknown_type"),
        ('{"type": []}', "unknown_type"),
        ('{"type": {}}', "unknown_type"),
        ('{"type": "message.posted"}', "unknown_type"),
        ('{"type": "HEARTBEAT"}', "unknown_type"),
    ],
    ids=lambda value: value[:30],
)
def test_what_is_no_frame_of_ours_is_refused(text: str, code: str) -> None:
    assert refusal(text) == code


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("consultation", [None, 7, "", "x", [], {}, ID + "0", True]),
        ("stream", [None, 7, "", "x" * 37, "سلام", [], "a\x00b", "a\nb"]),
        ("client_id", [None, 7, "", "x" * 37, "é", "\x7f"]),
        ("n", [None, "1", 1.0, -1, True, 2**31, 2**70, []]),
        ("text", [None, 7, ["hello"], {}]),
    ],
)
def test_a_field_of_the_wrong_kind_is_refused(field: str, values: list[Any]) -> None:
    for value in values:
        assert refusal(json.dumps({"type": "message.post", **POST, field: value})) == "bad_field"


@pytest.mark.parametrize(
    "cursors",
    [None, [], "x", {"x": 1}, {ID: -1}, {ID: "1"}, {ID: None}, {ID: True}],
    ids=str,
)
def test_hello_names_conversations_and_sequences(cursors: Any) -> None:
    with pytest.raises(MalformedError):
        read("hello", cursors=cursors)


def test_hello_is_bounded() -> None:
    def cursors(count: int) -> dict[str, int]:
        return {str(UUID(int=n)): n for n in range(count)}

    command = read("hello", cursors=cursors(MAX_CURSORS))

    assert isinstance(command, Hello)
    assert len(command.cursors) == MAX_CURSORS
    with pytest.raises(MalformedError):
        read("hello", cursors=cursors(MAX_CURSORS + 1))


@given(st.text(max_size=50))
def test_any_text_that_is_json_comes_through_unchanged(text: str) -> None:
    command = read("message.post", **{**POST, "text": text})

    assert isinstance(command, PostMessage)
    assert command.text == text
    assert (command.consultation, command.n) == (UUID(ID), 1)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
        max_leaves=8,
    ),
    st.sampled_from([*EXAMPLES, "other"]),
)
def test_whatever_comes_is_a_command_or_refused_and_never_an_accident(
    rubbish: Any, type_: str
) -> None:
    frame = rubbish if isinstance(rubbish, dict) else {"cursors": rubbish, "consultation": rubbish}
    try:
        code = type_of(type(read(type_, **{**frame, "type": type_})))
    except MalformedError as refused:
        code = refused.code

    assert code in {*EXAMPLES, "unknown_type", "missing_field", "bad_field"}


def test_an_event_arrives_in_another_process_as_it_was_sent() -> None:
    sent = MessagePosted(
        consultation=UUID(ID),
        seq=7,
        at=datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
        role="citizen",
        name={"fa": "شهروند", "en": "Citizen"},
        text="سلام\n</script>",
        masked=["mobile"],
    )

    got = revive(sent.to_wire())

    assert isinstance(got, MessagePosted)
    assert (got.consultation, got.seq, got.text) == (sent.consultation, 7, sent.text)
    assert got.to_wire() == sent.to_wire()


@pytest.mark.parametrize("event", [each for each in EVENTS.values() if not fields(each)])
def test_an_event_without_fields_is_revived_too(event: type[Event]) -> None:
    assert revive(event().to_wire()) == event()
