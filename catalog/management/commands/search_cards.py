"""`manage.py search_cards`: the cards that answer a question, best first; or the index, made anew.

manage.py search_cards QUESTION            the addresses, a line each
manage.py search_cards --stdin --json      a question a line; a JSON list of addresses a line
manage.py search_cards --rebuild           the whole index from the editions in force
"""

import json
import sys
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.queries import slugs_for
from catalog.search.indexing import rebuild


class Command(BaseCommand):
    help = "Find the service cards that answer a question, or rebuild the index of the search."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("question", nargs="*", help="in the person's own words")
        parser.add_argument("--stdin", action="store_true", help="read a question a line")
        parser.add_argument("--json", action="store_true", help="a JSON list a line")
        parser.add_argument("--limit", type=int, default=10, help="so many cards at most (10)")
        parser.add_argument("--rebuild", action="store_true", help="make the index anew")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self.stdout.write(f"{rebuild()} cards are in the index.")
        elif options["stdin"]:
            self._answer(sys.stdin, options)
        elif options["question"]:
            self._answer([" ".join(options["question"])], options)
        else:
            raise CommandError("A question is needed, or --stdin, or --rebuild.")

    def _answer(self, questions: Iterable[str], options: dict[str, Any]) -> None:
        """A line for each, at once: whoever asks may be waiting for it."""
        for question in questions:
            slugs = slugs_for(question.rstrip("\n"), options["limit"])
            self.stdout.write(json.dumps(slugs) if options["json"] else "\n".join(slugs))
            self.stdout.flush()
