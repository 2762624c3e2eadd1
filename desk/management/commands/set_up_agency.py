"""`manage.py set_up_agency FILE`: the agency of this installation (docs/agency.md)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from catalog.importing.rows import UnreadableError
from desk.founding.founding import set_up_agency
from desk.founding.reading import Fault, RefusedFileError, read
from desk.founding.rows import Founded

KINDS = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}


class Command(BaseCommand):
    help = "Set up the agency that a file describes, all of it or nothing; harmless to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--check", action="store_true", help="say what would be, write nothing")
        parser.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            try:
                founded = _set_up(Path(options["file"]), rehearse=options["check"])
            except (UnreadableError, OSError) as fault:
                raise CommandError(str(fault)) from None
            except RefusedFileError as refused:
                for each in refused.faults:
                    self.stderr.write(_told(each))
                raise CommandError(_("Nothing was written.")) from None
            self._tell(founded)
            if options["check"]:
                self.stdout.write(_("Nothing was written."))

    def _tell(self, founded: Founded) -> None:
        figures = {
            "created": founded.created,
            "changed": founded.changed,
            "unchanged": founded.unchanged,
        }
        said = _("%(created)s new, %(changed)s changed, %(unchanged)s unchanged.")
        self.stdout.write(said % figures)


def _set_up(path: Path, *, rehearse: bool) -> Founded:
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise UnreadableError(_("The name of the file ends with .yaml or .json."))
    return set_up_agency(read=read(path.read_bytes(), kind), rehearse=rehearse)


def _told(fault: Fault) -> str:
    said = {"part": fault.part, "line": fault.line, "reason": fault.reason}
    if not fault.line:
        return _("%(part)s: %(reason)s") % said
    return _("Line %(line)s, %(part)s: %(reason)s") % said
