"""`manage.py protocol`: write what is derived from live/protocol.py, or check that it is fresh."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from live.derive import module, page


class Command(BaseCommand):
    help = "Derive docs/protocol.md and static/live/protocol.js."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail if they are stale")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        derived = {"docs/protocol.md": page(), "static/live/protocol.js": module()}
        for name, text in derived.items():
            path = root / name
            if options["check"]:
                if not path.exists() or path.read_text(encoding="utf-8") != text:
                    raise CommandError(f"{name} is stale: run `make protocol`.")
            else:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
