"""A client of the previous minor version keeps working, and so does the server of one."""

import json

from live.client.connection import understood
from live.derive import module
from live.protocol import COMMANDS, EVENTS, MINOR, VERSION, Hello, Welcomed, parse
from live.words import refusal
from tests.live.examples import guide, recorded


def test_every_command_of_the_last_release_is_understood() -> None:
    for to, frame in recorded():
        if to == "server":
            assert isinstance(parse(json.dumps(frame)), COMMANDS[frame["type"]])


def test_every_event_of_the_last_release_is_understood_by_the_client() -> None:
    for to, frame in recorded():
        if to == "client":
            assert isinstance(understood(json.dumps(frame)), EVENTS[frame["type"]])


def test_who_says_no_minor_version_speaks_the_first() -> None:
    hello, welcome = (
        parse('{"type":"hello","cursors":{}}'),
        understood('{"type":"welcome","protocol":1,"heartbeat_ms":15000}'),
    )

    assert isinstance(hello, Hello)
    assert (hello.protocol, hello.minor) == (VERSION, 0)
    assert isinstance(welcome, Welcomed)
    assert welcome.minor == 0


def test_a_client_passes_over_what_it_does_not_know() -> None:
    for strange in ('{"type":"moon.risen"}', "{", "[]", "null", "", b"\xff"):
        assert understood(strange) is None

    assert understood('{"type":"line.moved","something_new":{"deep":[1]}}') is not None


def test_the_page_shows_a_session_of_this_version() -> None:
    said = [frame for _to, frame in guide() if frame["type"] in {"hello", "welcome"}]

    assert {(frame["protocol"], frame["minor"]) for frame in said} == {(VERSION, MINOR)}
    assert f"export const MINOR = {MINOR};" in module.text()


def test_another_version_is_refused_in_words() -> None:
    assert all(refusal("version").values())
