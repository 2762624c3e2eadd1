"""How far an import is, where somebody watches: one line of a terminal, written over."""

from typing import TextIO

WIDTH = 30


class ProgressBar:
    """Draws on a terminal and nowhere else: a log keeps clean."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._watched = stream.isatty()

    def __call__(self, done: int, whole: int) -> None:
        if self._watched:
            share = min(done / whole, 1) if whole else 1
            full = round(share * WIDTH)
            bar = "█" * full + "░" * (WIDTH - full)
            self._stream.write(f"\r{bar} {share:4.0%}")
            self._stream.flush()

    def end(self) -> None:
        if self._watched:
            self._stream.write("\r" + " " * (WIDTH + 6) + "\r")
            self._stream.flush()
