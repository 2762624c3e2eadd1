"""The sockets of this process, by group.

Everything here runs on the event loop that the sockets live on; `tell_soon` is the one door for
other threads. Nothing is kept for those who are not here: screens catch up from the database.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol

from live.frame import Event


class Socket(Protocol):
    """What the hub needs of a socket."""

    groups: tuple[str, ...]

    def hear(self, event: Event, text: str) -> None:
        """Take an event for sending; must neither block nor raise."""


class Hub:
    """Who listens to what, in this process."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Socket]] = defaultdict(set)
        self._sockets: set[Socket] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def __iter__(self) -> Iterator[Socket]:
        return iter(tuple(self._sockets))

    def __len__(self) -> int:
        return len(self._sockets)

    def join(self, socket: Socket) -> None:
        self._loop = asyncio.get_running_loop()
        self._sockets.add(socket)
        for group in socket.groups:
            self._listeners[group].add(socket)

    def leave(self, socket: Socket) -> None:
        self._sockets.discard(socket)
        for group in socket.groups:
            self._listeners[group].discard(socket)
            if not self._listeners[group]:
                del self._listeners[group]

    def count(self, group: str) -> int:
        return len(self._listeners.get(group, ()))

    def tell(self, groups: Iterable[str], event: Event) -> None:
        """Hand `event`, encoded once, to every socket in any of `groups`; on the loop only."""
        listeners: set[Socket] = set()
        for group in groups:
            listeners |= self._listeners.get(group, frozenset())
        if listeners:
            text = event.to_wire()
            for socket in listeners:
                socket.hear(event, text)

    def tell_soon(self, groups: tuple[str, ...], event: Event) -> None:
        """The same from any thread. Where no socket ever lived, there is nobody to tell."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.tell, groups, event)


hub = Hub()
