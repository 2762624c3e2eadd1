"""Waiting for the end politely: a Ctrl-C is a wish to stop, not an error."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from subprocess import Popen
from threading import Event
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def asked_to_stop() -> Iterator[Event]:
    """An event that is set when somebody wants us to end, however they say it."""
    asked = Event()

    def note(_signal: int, _frame: FrameType | None) -> None:
        asked.set()

    before = {each: signal.signal(each, note) for each in STOPPING}
    try:
        with foreground():
            yield asked
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def foreground() -> Iterator[None]:
    """Take the terminal's keyboard for ourselves, so that make does not hear the Ctrl-C.

    It would report an interrupt as a failure; this way it sees us end well, and ends well too.
    """
    give_back = _take_keyboard()
    try:
        yield
    finally:
        give_back()


def wait_for_end(asked: Event, processes: list[Popen[bytes]]) -> int:
    """Return 0 when we were asked to stop, 1 when a server ended by itself."""
    while not asked.wait(0.2):
        if any(process.poll() is not None for process in processes):
            return 1
    return 0


def _take_keyboard() -> Callable[[], None]:
    with suppress(OSError, ValueError):
        keyboard, group = sys.stdin.fileno(), os.getpgrp()
        if os.tcgetpgrp(keyboard) == group != os.getpid():
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # Or giving it back would suspend us.
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # make would wait for us for ever.
            os.setpgid(0, 0)
            os.tcsetpgrp(keyboard, os.getpgrp())
            return lambda: os.tcsetpgrp(keyboard, group)
    return lambda: None
