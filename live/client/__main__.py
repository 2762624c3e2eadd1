"""Talking from a terminal: every line typed is posted, every line heard is printed.

    python -m live.client --address http://127.0.0.1:8000 --cookie NAME=VALUE [--consultation ID]

The cookie is what the pages gave the browser (docs/protocol.md). Without a consultation it only
listens. Ctrl-D ends it, once everything is stored.
"""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator
from contextlib import suppress
from uuid import UUID

from live.client import Client, RefusedError, Sent, TurnedAwayError
from live.client.conversation import Placed
from live.frame import Event, type_of
from live.protocol import MessagePosted, MessageStored


def main() -> int:
    """Talk until the input ends; 1 when the server would not have us."""
    try:
        asyncio.run(talk(arguments().parse_args()))
    except TurnedAwayError as refused:
        sys.stderr.write(f"The server will not have us: {refused}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def arguments() -> ArgumentParser:
    """The command line."""
    parser = ArgumentParser(prog="python -m live.client", description=__doc__.split("\n")[0])
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="of the pages")
    parser.add_argument("--cookie", required=True, help="as the browser sends it: NAME=VALUE")
    parser.add_argument("--consultation", type=UUID, help="to speak in; else only listen")
    parser.add_argument("--staff", action="store_true", help="the cookie is a counsellor's")
    return parser


async def talk(chosen: Namespace) -> None:
    """Listen, and speak if there is a consultation."""
    path = "/ws/staff/" if chosen.staff else "/ws/citizen/"
    async with Client(chosen.address, path, chosen.cookie) as client:
        listening = asyncio.create_task(listen(client))
        try:
            if chosen.consultation is None:
                await listening
            else:
                client.follow(chosen.consultation)
                await asyncio.wait(
                    {listening, asyncio.create_task(speak(client, chosen.consultation))},
                    return_when=asyncio.FIRST_COMPLETED,
                )
            if listening.done():
                listening.result()
        finally:
            listening.cancel()


async def listen(client: Client) -> None:
    async for event in client:
        if line := said(event):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


async def speak(client: Client, consultation: UUID) -> None:
    sent: list[Sent] = []
    async for text in typed():
        sent.append(await client.post(consultation, text))
    for each in sent:
        with suppress(RefusedError):
            await each.acknowledged


async def typed() -> AsyncIterator[str]:
    """Lines of the terminal, without holding up the socket."""
    while text := await asyncio.to_thread(sys.stdin.readline):
        if text.strip():
            yield text.rstrip("\n")


def said(event: Event) -> str:
    """One line for whatever was heard; nothing for what only a program needs."""
    if isinstance(event, Placed):
        return f"{event.seq:>4}  {_name(event)}: {_words(event)}"
    return "" if type_of(type(event)) in {"heartbeat", "welcome"} else f"      {event}"


def _name(event: Placed) -> str:
    return event.name["en"] if isinstance(event, MessagePosted) else "you"


def _words(event: Placed) -> str:
    if isinstance(event, MessageStored):
        return event.text
    return event.lines["en"] if event.lines else event.text


if __name__ == "__main__":
    sys.exit(main())
