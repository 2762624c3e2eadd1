"""The sockets of this process, by group.

Everything here runs on the event loop that the sockets live on; `tell_soon` is the one door for
other threads. Nothing is kept for those who are not here: screens catch up from the database.
"""

import asyncio
from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from msgspec import Struct

from live.frame import Event


class News(Struct, frozen=True, gc=False):
    """An event, its audience, and the frame that was made of it once for all."""

    event: Event
    groups: tuple[str, ...]
    frame: bytes


def news(event: Event, groups: tuple[str, ...]) -> News:
    return News(event, groups, event.to_wire())


class Socket(Protocol):
    """What the hub needs of a socket."""

    groups: tuple[str, ...]

    def hear(self, event: Event, frame: bytes) -> None:
        """Take an event for sending; must neither block nor raise."""


class Hub:
    """Who listens to what, in this process."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Socket]] = {}
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
            self._listeners.setdefault(group, set()).add(socket)

    def leave(self, socket: Socket) -> None:
        self._sockets.discard(socket)
        for group in socket.groups:
            listeners = self._listeners.get(group, set())
            listeners.discard(socket)
            if not listeners:
                self._listeners.pop(group, None)

    def count(self, group: str) -> int:
        return len(self._listeners.get(group, ()))

    def tell(self, told: News, besides: Socket | None = None) -> None:
        """Hand it to every socket in any of its groups but one; on the loop only."""
        for socket in self._audience(told.groups):
            if socket is not besides:
                socket.hear(told.event, told.frame)

    def _audience(self, groups: tuple[str, ...]) -> Iterable[Socket]:
        found = [self._listeners[group] for group in groups if group in self._listeners]
        if len(found) < 2:
            return found[0] if found else ()
        return set().union(*found)

    def tell_soon(self, heap: Collection[News]) -> None:
        """The same from any thread. Where no socket ever lived, there is nobody to tell."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell_all, heap)

    def _tell_all(self, heap: Collection[News]) -> None:
        for each in heap:
            self.tell(each)


hub = Hub()
