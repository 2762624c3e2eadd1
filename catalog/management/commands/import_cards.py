"""`manage.py import_cards FILE [--map MAPPING]`: cards from our own JSON, or from any list."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from catalog.importing.decoding import decoded
from catalog.importing.mapping import mapping_of
from catalog.importing.operation import Source, Wishes, import_cards
from catalog.importing.progress import ProgressBar
from catalog.importing.rows import Report, UnreadableError
from catalog.importing.writing import Defaults

KINDS = {".json": "json", ".yaml": "yaml", ".yml": "yaml", ".csv": "csv"}


class Command(BaseCommand):
    help = "Take in service cards as drafts; harmless to repeat. Ends with 1 if rows were refused."

    def add_arguments(self, parser: CommandParser) -> None:
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--map", metavar="MAPPING", help="YAML: their columns, our fields")
        parser.add_argument("--format", choices=sorted({*KINDS.values()}))
        parser.add_argument("--encoding", default="", help="where it is not found out by itself")
        parser.add_argument("--atomic", action="store_true", help="all rows, or none")
        parser.add_argument("--unit", default="", help="code of the unit where a row has none")
        parser.add_argument("--skill", default="", help="code of the skill where a row has none")
        parser.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            try:
                report = self._import(options)
            except (UnreadableError, OSError) as fault:
                raise CommandError(str(fault)) from None
            self._tell(report)
        if report.refused:
            sys.exit(1)

    def _import(self, options: dict[str, Any]) -> Report:
        path = Path(options["file"])
        kind = options["format"] or KINDS.get(path.suffix.lower())
        if kind is None:
            raise UnreadableError(_("Say --format: json, yaml or csv."))
        mapping = options["map"] and mapping_of(decoded(Path(options["map"]).read_bytes()))
        bar = ProgressBar(sys.stderr)
        source = Source(path.read_bytes(), kind, options["encoding"], mapping or None)
        defaults = Defaults(options["unit"], options["skill"])
        try:
            return import_cards(source=source, wishes=Wishes(defaults, options["atomic"], bar))
        finally:
            bar.end()

    def _tell(self, report: Report) -> None:
        for each in report.refused:
            said = {"line": each.line, "reason": each.reason}
            self.stderr.write(_("Line %(line)s: %(reason)s") % said)
        if report.unused:
            said = {"names": _(", ").join(report.unused)}
            self.stderr.write(_("Columns that went nowhere: %(names)s") % said)
        if report.undone:
            self.stdout.write(_("Nothing was taken in, because something was refused."))
        figures = {
            "created": report.created,
            "changed": report.changed,
            "unchanged": report.unchanged,
            "refused": len(report.refused),
        }
        self.stdout.write(
            _("%(created)s new, %(changed)s changed, %(unchanged)s unchanged, %(refused)s refused.")
            % figures
        )
