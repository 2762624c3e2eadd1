"""`manage.py export_cards [--published|--all] FILE`: the cards as one JSON document of ours."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalog.importing.operation import export_cards
from catalog.importing.own import schema


class Command(BaseCommand):
    help = "Write the service cards to FILE ('-' for the standard output), to be imported again."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--published", action="store_true", help="published cards, as their editions say"
        )
        which.add_argument(
            "--all", action="store_true", help="every card as it stands, drafts too (the default)"
        )
        which.add_argument("--schema", action="store_true", help="the JSON Schema of the format")
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] == "-":
            self._write(sys.stdout, options)
            return
        with Path(options["file"]).open("w", encoding="utf-8") as file:
            self._write(file, options)

    def _write(self, file: Any, options: dict[str, Any]) -> None:
        if options["schema"]:
            file.write(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n")
            return
        count = export_cards(to=file, published=options["published"])
        if options["verbosity"] and options["file"] != "-":
            self.stdout.write(f"{count} cards in {options['file']}.")
