"""Turns the translators' .po files into what Django reads, without gettext being installed."""

import os
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Compile every catalogue that changed since it was last compiled."""

    help = "Compile the translations that changed."
    requires_system_checks = []

    def handle(self, *_args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                if compiled(source) and options["verbosity"] > 1:
                    self.stdout.write(str(source.relative_to(settings.BASE_DIR)))


def compiled(source: Path) -> bool:
    """Compile `source` unless its .mo is newer; tell whether there was anything to do."""
    result = source.with_suffix(".mo")
    if result.exists() and result.stat().st_mtime >= source.stat().st_mtime:
        return False
    unfinished = result.with_suffix(f".{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(unfinished))
    unfinished.replace(result)  # At once, so that a running server never reads half of it.
    return True
