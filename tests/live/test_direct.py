"""The short way hears and says exactly what the library would, however the bytes are cut."""

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader
from websockets.uri import parse_uri

from live.direct import DirectProtocol

TEXTS = st.text(max_size=40) | st.sampled_from(["سلام " * 40, "x" * 125, "x" * 126, "y" * 70_000])
FRAMES = st.one_of(
    st.tuples(st.just("text"), TEXTS),
    st.tuples(st.just("ping"), st.just("p")),
    st.tuples(st.just("parts"), st.text(min_size=2, max_size=30)),
)


class Line:
    """The transport of a socket: keeps what is written."""

    def __init__(self) -> None:
        self.written = b""
        self.closed = False

    def write(self, data: bytes) -> None:
        self.written += data

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def get_extra_info(self, _name: str) -> None:
        return None

    def pause_reading(self) -> None:
        pass

    resume_reading = pause_reading


def opened(loop: asyncio.AbstractEventLoop) -> tuple[DirectProtocol, Line, list[str]]:
    """A protocol after its handshake, and what was taken from it."""
    config = Config(app="unused", interface="asgi3", ws_max_size=65_536)
    config.loaded, config.loaded_app = True, None
    protocol, line = DirectProtocol(config, ServerState(), {}, loop), Line()
    heard: list[str] = []
    protocol.connection_made(line)  # type: ignore[arg-type]
    client = ClientProtocol(parse_uri("ws://localhost/"))
    client.send_request(client.connect())
    protocol.conn.receive_data(b"".join(client.data_to_send()))
    protocol.conn.send_response(protocol.conn.accept(protocol.conn.events_received()[0]))  # type: ignore[arg-type]
    protocol.conn.data_to_send()
    protocol.handshake_complete = True
    protocol.taker = lambda text: heard.append(text.decode())
    return protocol, line, heard


def sent(kind: str, text: str) -> bytes:
    """What a browser sends."""
    data = text.encode()
    if kind == "ping":
        return Frame(Opcode.PING, b"p").serialize(mask=True)
    if kind == "text":
        return Frame(Opcode.TEXT, data).serialize(mask=True)
    first = Frame(Opcode.TEXT, data[:1], fin=False).serialize(mask=True)
    return first + Frame(Opcode.CONT, data[1:]).serialize(mask=True)


@settings(deadline=None)
@given(st.lists(FRAMES, max_size=8), st.lists(st.integers(1, 400), max_size=30))
def test_every_text_is_heard_once_and_in_order_however_it_is_cut(
    frames: list[tuple[str, str]], cuts: list[int]
) -> None:
    frames = [(kind, text) for kind, text in frames if len(text.encode()) <= 65_536]
    loop = asyncio.new_event_loop()
    try:
        protocol, _line, heard = opened(loop)
        stream = b"".join(sent(kind, text) for kind, text in frames)
        for cut in [*cuts, len(stream)]:
            chunk, stream = stream[:cut], stream[cut:]
            if chunk:
                protocol.data_received(chunk)
            while not protocol.queue.empty():
                heard.append(str(protocol.queue.get_nowait()["text"]))  # type: ignore[typeddict-item]
    finally:
        loop.close()

    assert heard == [text for kind, text in frames if kind != "ping"]


@pytest.mark.parametrize("text", ["", "سلام", "x" * 125, "x" * 126, "ی" * 30_000])
def test_a_browser_reads_what_is_given(text: str) -> None:
    loop = asyncio.new_event_loop()
    try:
        protocol, line, _heard = opened(loop)
        assert protocol.give(text.encode())
    finally:
        loop.close()

    assert read(line.written) == [text]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (Frame(Opcode.TEXT, b"\xff\xff\xff").serialize(mask=True), 1007),
        (Frame(Opcode.TEXT, b"hello there").serialize(mask=False), 1002),
        (Frame(Opcode.TEXT, b"x" * 65_537).serialize(mask=True), 1009),
        (b"\xc1\x82\x00\x00\x00\x00ok", 1002),
    ],
    ids=["no letters", "not masked", "too big", "reserved"],
)
def test_what_is_not_as_it_should_be_is_ended_by_the_library(data: bytes, code: int) -> None:
    loop = asyncio.new_event_loop()
    try:
        protocol, line, heard = opened(loop)
        protocol.data_received(data)
    finally:
        loop.close()

    assert not heard
    assert line.written[0] == 0x88
    assert int.from_bytes(line.written[2:4], "big") == code


def read(data: bytes) -> list[Any]:
    """The texts in what a server sent."""
    reader, found = StreamReader(), []
    reader.feed_data(data)
    while reader.buffer:
        parsing = Frame.parse(reader.read_exact, mask=False, max_size=None)
        try:
            next(parsing)
        except StopIteration as done:
            found.append(bytes(done.value.data).decode())
    return found
