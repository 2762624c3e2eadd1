"""Every frame on the wire, typed once.

A frame is one JSON object with a `type`. Commands come from the client and are named in the
imperative; events go to it and are named in the past. The docstrings here are the documentation:
`manage.py protocol` derives docs/, the schema and the browser's module from this module. Unknown
fields are ignored, so that a newer page is understood by an older server and the other way round.
"""

from datetime import datetime
from typing import Any, Union
from uuid import UUID

import msgspec

from live.frame import Command, Count, Cursors, Event, Key, MalformedError, type_of

VERSION, MINOR = 1, 1  # A client of an older minor version keeps working; of another major, not.

Both = dict[str, str]


class Hello(Command, tag="hello", frozen=True, kw_only=True):
    """First after opening: the version spoken and the last sequence held of each conversation.

    The rest of each named conversation follows before anything newer, then `welcome`. It may be
    said again at any time, naming only what is asked for: cursors add to those already known. A
    conversation that is not named is announced but not caught up; one that is not open to you is
    passed over in silence. At most 200 are taken; more are refused as `bad_field`. Another major
    version is refused as `version`.
    """

    protocol: Count = VERSION
    minor: Count = 0
    cursors: Cursors


class PostMessage(Command, tag="message.post", frozen=True, kw_only=True):
    """Say something. Answered by `message.stored` or `message.refused`; safe to repeat.

    `stream` names one outbox (a page makes a new one when it opens); `n` counts up from 1 within
    it and the conversation; `client_id` names the message for ever. The text has 1 to 4,000
    characters after cleaning.
    """

    consultation: UUID
    stream: Key
    n: Count
    client_id: Key
    text: str


class ReceiveMessage(Command, tag="message.receive", frozen=True, kw_only=True):
    """Everything up to `seq` has arrived on this screen. Told to the other party, not stored."""

    consultation: UUID
    seq: Count


class SeeMessage(Command, tag="message.see", frozen=True, kw_only=True):
    """The person has seen everything up to `seq`. Told to the other party, not stored."""

    consultation: UUID
    seq: Count


class ShowTyping(Command, tag="typing.show", frozen=True, kw_only=True):
    """The person is typing. At most one every 2 s is passed on; it fades by itself after 5 s."""

    consultation: UUID


class Heartbeat(Command, tag="heartbeat", frozen=True, kw_only=True):
    """I am here. Every `heartbeat_ms`; a counsellor's lease lives on these."""


class Welcomed(Event, tag="welcome", frozen=True, kw_only=True):
    """The answer to `hello`, after the missed messages were sent. `protocol` and `minor` are the
    version that the server speaks; without `minor` it is 0.
    """

    protocol: int
    minor: int = 0
    heartbeat_ms: int


class MessageStored(Event, tag="message.stored", frozen=True, kw_only=True):
    """Your message is in the database, for ever, as this sequence. `text` is as stored: masked.

    It takes its place among the messages of the conversation: the socket that posted it may hear
    no `message.posted` for it; every other socket of the same person does.
    """

    consultation: UUID
    stream: str
    n: int
    client_id: str
    seq: int
    at: datetime
    text: str
    masked: list[str]


class MessageRefused(Event, tag="message.refused", frozen=True, kw_only=True):
    """Your message was not stored. With `retry_ms`, send it again after that long; with `expect`
    (code `gap`), send again from that `n`; otherwise it will never be taken as it is. `detail` is
    for people, in each language.

    Codes: empty, too_long, gap, repeated, closed, not_yours, not_held, unfilled, busy, slow_down.
    """

    consultation: UUID
    stream: str
    n: int
    client_id: str
    code: str
    detail: Both
    retry_ms: int | None = None
    expect: int | None = None


class MessagePosted(Event, tag="message.posted", frozen=True, kw_only=True):
    """A message of the conversation, in sequence. Drop `seq` ≤ the last one held, take the next,
    say `hello` again on a gap. A line of the system has `lines` (its text in each language).
    """

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


class MessageSeen(Event, tag="message.seen", frozen=True, kw_only=True):
    """The other party (`by`: citizen or counsellor) has seen everything up to `seq`."""

    consultation: UUID
    seq: int
    by: str


class MessageDelivered(Event, tag="message.delivered", frozen=True, kw_only=True):
    """Everything up to `seq` has reached a screen of the other party."""

    consultation: UUID
    seq: int
    by: str


class TypingShown(Event, tag="typing.shown", frozen=True, kw_only=True):
    """The other party is typing."""

    consultation: UUID
    by: str


class ConsultationChanged(Event, tag="consultation.changed", frozen=True, kw_only=True):
    """Something a screen shows about this consultation is different; ask the server what it is.

    `state`: waiting, offered, active, parked or closed. After `closed` one more `hello` for it
    brings its last lines; then the cursor can be dropped.
    """

    consultation: UUID
    version: int
    state: str


class LineMoved(Event, tag="line.moved", frozen=True, kw_only=True):
    """The waiting line is shorter or longer; places may be different."""


class DutyChanged(Event, tag="duty.changed", frozen=True, kw_only=True):
    """Your duty, load or list of conversations is different."""


class BoardChanged(Event, tag="board.changed", frozen=True, kw_only=True):
    """Something on the live board is different."""


class Refused(Event, tag="refused", frozen=True, kw_only=True):
    """A frame was not accepted, and nothing was done. With `retry_ms`, send nothing for that long,
    then repeat what is unanswered. Twenty malformed frames close the socket with 1008.

    Codes: malformed, unknown_type, too_big, bad_field, missing_field, not_yours, slow_down, busy,
    version (this server speaks another major version; load the page or the client anew).
    """

    code: str
    detail: Both
    retry_ms: int | None = None


class ReconnectAsked(Event, tag="reconnect", frozen=True, kw_only=True):
    """The server is about to restart: close, and connect again after `after_ms` plus a random part
    of `jitter_ms`. What is unanswered is sent again then.
    """

    after_ms: int
    jitter_ms: int


class HeartbeatAnswered(Event, tag="heartbeat", frozen=True, kw_only=True):
    """I am here, too."""


COMMANDS: dict[str, type[Command]] = {type_of(each): each for each in Command.__subclasses__()}
EVENTS: dict[str, type[Event]] = {type_of(each): each for each in Event.__subclasses__()}

_commands: Any = msgspec.json.Decoder(Union[tuple(COMMANDS.values())])  # noqa: UP007
_events: Any = msgspec.json.Decoder(Union[tuple(EVENTS.values())])  # noqa: UP007


def parse(frame: bytes | str) -> Command:
    """The command in this frame, or `MalformedError` with the reason."""
    try:
        command: Command = _commands.decode(frame)
    except (msgspec.DecodeError, RecursionError):
        raise MalformedError(_fault(frame)) from None
    return command


def revive(frame: bytes | str) -> Event:
    """The event that another process of ours encoded."""
    event: Event = _events.decode(frame)
    return event


def _fault(text: bytes | str) -> str:
    """What is wrong with a frame that was not understood, in the words of `Refused`."""
    try:
        frame = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return "malformed"
    if not isinstance(frame, dict):
        return "malformed"
    type_ = frame.get("type")
    if not isinstance(type_, str) or type_ not in COMMANDS:
        return "unknown_type"
    wanted = (field.name for field in msgspec.structs.fields(COMMANDS[type_]) if field.required)
    return "bad_field" if all(name in frame for name in wanted) else "missing_field"
