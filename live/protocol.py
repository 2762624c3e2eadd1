"""Every frame on the wire, typed once.

A frame is one JSON object with a `type`. Commands come from the browser and are named in the
imperative; events go to it and are named in the past. The docstrings here are the documentation:
`manage.py protocol` derives docs/protocol.md and static/live/protocol.js from this module.
Unknown fields of a command are ignored, so that a newer page is understood by an older server.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from live.frame import Command, Cursors, Event, Key, MalformedError

VERSION = 1

Both = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello(Command):
    """First after opening: the protocol's version and the last sequence held of each conversation.

    The rest of each named conversation follows before anything newer. A conversation that is not
    named is announced but not caught up. At most 200 are taken; more are refused as `bad_field`.
    """

    type = "hello"
    protocol: int = VERSION
    cursors: Cursors


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMessage(Command):
    """Say something. Answered by `message.stored` or `message.refused`; safe to repeat.

    `stream` names one outbox (a page makes a new one when it opens); `n` counts up from 1 within
    it and the conversation; `client_id` names the message. Each at most 36 ASCII characters.
    The text has 1 to 4,000 characters after cleaning.
    """

    type = "message.post"
    consultation: UUID
    stream: Key
    n: int
    client_id: Key
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveMessage(Command):
    """Everything up to `seq` has arrived on this screen. Told to the other party, not stored."""

    type = "message.receive"
    consultation: UUID
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeMessage(Command):
    """The person has seen everything up to `seq`. Told to the other party, not stored."""

    type = "message.see"
    consultation: UUID
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTyping(Command):
    """The person is typing. At most one every 2 s is passed on; it fades by itself after 5 s."""

    type = "typing.show"
    consultation: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat(Command):
    """I am here. Every `heartbeat_ms`; a counsellor's lease lives on these."""

    type = "heartbeat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcomed(Event):
    """The answer to `hello`, after the missed messages were sent."""

    type = "welcome"
    protocol: int
    heartbeat_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageStored(Event):
    """Your message is in the database, for ever, as this sequence. `text` is as stored: masked."""

    type = "message.stored"
    consultation: UUID
    stream: str
    n: int
    client_id: str
    seq: int
    at: datetime
    text: str
    masked: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRefused(Event):
    """Your message was not stored. With `retry_ms`, send it again after that long; with `expect`
    (code `gap`), send again from that `n`; otherwise it will never be taken as it is.

    Codes: empty, too_long, gap, repeated, closed, not_yours, not_held, unfilled, busy, slow_down.
    """

    type = "message.refused"
    consultation: UUID
    stream: str
    n: int
    client_id: str
    code: str
    detail: Both
    retry_ms: int | None = None
    expect: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted(Event):
    """A message of the conversation, in sequence. Drop `seq` ≤ the last one held, take the next,
    say `hello` again on a gap. A line of the system has `lines` (its text in each language).
    """

    type = "message.posted"
    consultation: UUID
    seq: int
    at: datetime
    role: str
    name: Both
    text: str
    lines: Both | None = None
    stream: str = ""
    n: int = 0
    client_id: str = ""
    masked: list[str]
    citation: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSeen(Event):
    """The other party (`by`: citizen or counsellor) has seen everything up to `seq`."""

    type = "message.seen"
    consultation: UUID
    seq: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDelivered(Event):
    """Everything up to `seq` has reached a screen of the other party."""

    type = "message.delivered"
    consultation: UUID
    seq: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypingShown(Event):
    """The other party is typing."""

    type = "typing.shown"
    consultation: UUID
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationChanged(Event):
    """Something a screen shows about this consultation is different; ask the server what it is."""

    type = "consultation.changed"
    consultation: UUID
    version: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMoved(Event):
    """The waiting line is shorter or longer; places may be different."""

    type = "line.moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyChanged(Event):
    """Your duty, load or list of conversations is different."""

    type = "duty.changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardChanged(Event):
    """Something on the live board is different."""

    type = "board.changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Event):
    """A frame was not accepted. Codes: malformed, unknown_type, too_big, bad_field, missing_field,
    not_yours, slow_down. Twenty malformed frames close the socket with 1008.
    """

    type = "refused"
    code: str
    detail: Both
    retry_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconnectAsked(Event):
    """The server is about to restart: connect again after `after_ms` plus a random part of
    `jitter_ms`.
    """

    type = "reconnect"
    after_ms: int
    jitter_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeartbeatAnswered(Event):
    """I am here, too."""

    type = "heartbeat"


COMMANDS: dict[str, type[Command]] = {each.type: each for each in Command.__subclasses__()}
EVENTS: dict[str, type[Event]] = {each.type: each for each in Event.__subclasses__()}


def parse(text: str) -> Command:
    """The command in this frame, or `MalformedError` with the reason."""
    try:
        frame = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise MalformedError("malformed") from None
    if not isinstance(frame, dict):
        raise MalformedError("malformed")
    command = COMMANDS.get(frame.get("type", "")) if isinstance(frame.get("type"), str) else None
    if command is None:
        raise MalformedError("unknown_type")
    return command.read(frame)


def revive(text: str) -> Event:
    """The event that another process of ours encoded. Its moments stay text."""
    frame = orjson.loads(text)
    if "consultation" in frame:
        frame["consultation"] = UUID(frame["consultation"])
    return EVENTS[frame.pop("type")](**frame)
