"""`manage.py mask_text`: shows an agency what masking would leave of its own lines."""

import io
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from persian.masking import masked


class Command(BaseCommand):
    """Line by line, so that it also works behind a pipe that stays open."""

    help = "Reads lines from standard input, or from files, and writes each one masked."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="UTF-8 text, one message a line")
        parser.add_argument(
            "--kinds", action="store_true", help="append a tab and what was found in the line"
        )

    def handle(self, *args: Any, files: list[Path], kinds: bool, **options: Any) -> None:
        # Bytes that are no UTF-8 pass through as they came; only a line feed ends a line.
        for stream in (sys.stdin, sys.stdout):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
        try:
            for line in _lines(files):
                self.stdout.write(_shown(line, kinds), ending="")
                self.stdout.flush()
        except BrokenPipeError:  # Whoever was reading has seen enough.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error


def _lines(files: list[Path]) -> Iterator[str]:
    if not files:
        yield from sys.stdin
    for path in files:
        with path.open(encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            yield from file


def _shown(line: str, kinds: bool) -> str:
    """The line masked, its ending kept, with what was found behind a tab if that is wanted."""
    words = line.rstrip("\r\n")
    text, hits = masked(words)
    found = "\t" + ",".join(hit.kind for hit in hits) if kinds else ""
    return text + found + line[len(words) :]
