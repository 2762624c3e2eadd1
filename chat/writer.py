"""The one writer of a process: takes everything queued, commits once, then answers.

A message is acknowledged, and shown to anybody, only after its commit; both happen here, in the
order of the transcript, so that a socket hears its conversations without a gap.
"""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from chat.batches import Batches
from chat.frames import acknowledged, news_of, refused
from chat.ledger import BUSY, write
from chat.posts import Post, Rejected, Result, Stored
from live.bridge import bridge
from live.frame import Event
from live.hub import Socket, hub
from live.protocol import MessageStored


class Sender(Socket, Protocol):
    """The socket that a message came from."""

    def tell(self, event: Event) -> None:
        """Send it an event of its own."""

    def acknowledge(self, event: MessageStored, stored: Stored) -> None:
        """Say that the message is stored."""


class Letter(Struct, frozen=True):
    """A post, and the socket that waits for its answer."""

    post: Post
    sender: Sender


Writer = Batches[Letter, Result]


def start_writer() -> Writer:
    """A writer of its own thread, on the running loop."""
    return Batches("writer", _write, _answer)


def refuse(letter: Letter, rejected: Rejected) -> None:
    letter.sender.tell(refused(rejected, letter.post))


def _write(letters: Sequence[Letter]) -> list[Result]:
    return write([letter.post for letter in letters])


def _answer(letters: Sequence[Letter], results: Sequence[Result | None]) -> None:
    told = []
    for letter, result in zip(letters, results, strict=True):
        if isinstance(result, Stored):
            if result.fresh:
                told.append(news_of(result))
                hub.tell(told[-1], besides=letter.sender)
            letter.sender.acknowledge(acknowledged(result, letter.post), result)
        else:
            refuse(letter, result or BUSY)
    bridge.carry(told)
