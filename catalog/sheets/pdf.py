"""The official form as a PDF, set by Typst from `form.typ`.

What a card says is handed over as JSON and put on the page as text, so nothing in it can be read as
Typst's language. The same words always make the same file: no moment is written into it. One form
is set at a time in a process, and those of late are kept.
"""

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from catalog.form.flow import chart
from catalog.open_data.addresses import our_addresses
from catalog.open_data.published import Published
from catalog.sheets.official import official_form
from catalog.sheets.relatives import relatives_of

PAGE = Path(__file__).with_name("form.typ")
PATIENCE = 10.0  # Seconds in which it has to be one's turn.
KEPT = 64

_turn = Lock()


class BusyError(Exception):
    """Too many forms wait for being set."""


def is_possible() -> bool:
    """Whether the typeface is here: npm brings it."""
    return bool(settings.PRINT_FONT_INSTALLED)


def written(found: Published, language: str) -> str:
    """All that stands on the pages, as JSON; `language` is the reader's."""
    card, edition, form = found.card, found.edition, found.form
    relatives = relatives_of(card, form)
    sections = [asdict(each) for each in official_form(card, edition, form, relatives)]
    for section in sections:
        for entry in section["entries"]:
            _lead_out(entry)
    said: dict[str, Any] = {
        "language": language,
        "title": card.title,
        "agency": card.unit.agency.name,
        "heading": _("Identity card of a public service"),
        "sample": _("This is sample data: the office has not checked it yet.")
        if card.sample
        else "",
        "address": our_addresses().page(card.slug, language),
        "not_stated": _("Not stated"),
        "tongues": {"fa": _("in Persian"), "en": _("in English")},
        "comma": _(", "),
        "of": _("Page %(page)s of %(pages)s"),
        "sections": sections,
        "chart": asdict(chart(form.steps, language)) if form.steps else None,
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _lead_out(entry: dict[str, Any]) -> None:
    """Links that lead out of the paper have their whole address."""
    cells = [entry["said"], *(cell for row in entry["rows"] for cell in row)]
    for each in (each for cell in cells for each in cell):
        if each["link"].startswith("/"):
            each["link"] = our_addresses().at(each["link"])


def typeset(said: str) -> bytes:
    """The PDF of what was written; raises `BusyError`."""
    if not _turn.acquire(timeout=PATIENCE):
        raise BusyError
    try:
        return _typeset(said)
    finally:
        _turn.release()


@lru_cache(maxsize=KEPT)
def _typeset(said: str) -> bytes:
    made: Any = typst.compile(
        str(PAGE),
        root=str(PAGE.parent),
        font_paths=[str(settings.PRINT_FONT)],
        ignore_system_fonts=True,
        sys_inputs={"said": said},
    )
    return bytes(made)
