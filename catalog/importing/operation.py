"""Taking in a file of cards, and writing one: what the commands call."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TextIO

from django.utils.translation import gettext as _

from catalog.importing import own
from catalog.importing.decoding import decoded
from catalog.importing.mapping import ColumnMapping
from catalog.importing.reading import rows_of
from catalog.importing.rows import (
    Progress,
    Proposal,
    Refusal,
    RefusedError,
    Report,
    Row,
    UnreadableError,
)
from catalog.importing.writing import Defaults, write
from catalog.models import CardEdition, ServiceCard

ESCAPED = re.compile(r"\\[0abefvxuU]")  # Only so can a file of text hold what is none.
# Neither every database nor a feed can carry these.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file and how it is to be understood."""

    raw: bytes
    kind: str
    encoding: str = ""
    mapping: ColumnMapping | None = None  # None: our own format.


@dataclass(frozen=True, slots=True)
class Wishes:
    """How it is to be taken in."""

    defaults: Defaults = field(default_factory=Defaults)
    all_or_nothing: bool = False
    progress: Progress = lambda _done, _all: None


def import_cards(*, source: Source, wishes: Wishes) -> Report:
    """Take in what is sound as drafts; raises `UnreadableError` where the whole file is not."""
    text = decoded(source.raw, source.encoding)
    rows = rows_in(source, text)
    reader: Callable[[Row], Proposal] = own.proposal
    if source.mapping:
        source.mapping.insist(rows)
        reader = source.mapping.proposal
    report = Report(unused=source.mapping.unused(rows) if source.mapping else [])
    if ESCAPED.search(text):
        reader = _of_text(reader)
    proposals = list(_sound(rows, reader, report))
    write(
        proposals,
        report,
        defaults=wishes.defaults,
        all_or_nothing=wishes.all_or_nothing,
        progress=wishes.progress,
    )
    report.refused.sort(key=lambda each: each.line)
    return report


def rows_in(source: Source, text: str) -> list[Row]:
    """The rows of a source, each with its line."""
    if source.kind == "csv" and source.mapping is None:
        raise UnreadableError(_("A table needs a mapping: say --map."))
    place = source.mapping.place if source.mapping else "services"
    return rows_of(text, source.kind, place)


def _sound(
    rows: list[Row], reader: Callable[[Row], Proposal], report: Report
) -> Iterator[Proposal]:
    for row in rows:
        try:
            yield reader(row)
        except RefusedError as refused:
            report.refused.append(Refusal(row.line, str(refused)))


def _of_text(reader: Callable[[Row], Proposal]) -> Callable[[Row], Proposal]:
    def read(row: Row) -> Proposal:
        _insist_on_text(row.values)
        return reader(row)

    return read


def _insist_on_text(value: Any) -> None:
    """No control characters and no halves of letters."""
    if isinstance(value, str):
        if NO_TEXT.search(value):
            raise RefusedError(_("There are characters in it that are no text."))
    elif isinstance(value, dict):
        for name, each in value.items():
            _insist_on_text(name)
            _insist_on_text(each)
    elif isinstance(value, list):
        for each in value:
            _insist_on_text(each)


def export_cards(*, to: TextIO, published: bool) -> int:
    """Write the published cards as their editions say, or all as they stand; how many."""
    cards = ServiceCard.objects.select_related("unit", "skill").prefetch_related("topics")
    records = _published(cards) if published else (own.record_of(card) for card in cards)
    count = 0
    to.write(f'{{"format": "{own.FORMAT}", "version": {own.VERSION}, "services": [')
    for count, record in enumerate(records, 1):
        to.write("\n" if count == 1 else ",\n")
        to.write(json.dumps(record, ensure_ascii=False))
    to.write("\n]}\n")
    return count


def _published(cards: Any) -> Iterator[dict[str, Any]]:
    editions: dict[int, CardEdition] = {}
    for edition in CardEdition.objects.in_force():
        editions.setdefault(edition.card_id, edition)
    for card in cards.published():
        if card.pk in editions:
            yield own.record_of(card, editions[card.pk])
