"""The list of published cards as a table that a spreadsheet opens: UTF-8 with its mark.

The first row names the columns for machines, the same in every language. A cell that a
spreadsheet would take for a formula is made a text by the apostrophe that they all know.
"""

import csv
import io
import re
from collections.abc import Iterable

from catalog.form.content import Content
from catalog.open_data.addresses import Addresses
from catalog.open_data.cpsv import title_of
from catalog.open_data.published import Published

BYTE_ORDER_MARK = "\ufeff"
FORMULA = re.compile(
    r"^[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff'\"]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]"
)
COLUMNS = (
    "code",
    "national_id",
    "slug",
    "title_fa",
    "title_en",
    "description_fa",
    "description_en",
    "unit",
    "unit_fa",
    "unit_en",
    "service_type",
    "life_events",
    "fee",
    "amount_irr",
    "duration",
    "duration_unit",
    "in_person_visits",
    "edition",
    "valid_from",
    "uri",
    "page",
    "sample",
)


def table(cards: Iterable[Published], at: Addresses) -> str:
    """A header and a row a card."""
    written = io.StringIO()
    written.write(BYTE_ORDER_MARK)
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in cards:
        row = _row(each, at)
        writer.writerow([harmless(row[name]) for name in COLUMNS])
    return written.getvalue()


def harmless(value: object) -> str:
    """A cell that no spreadsheet executes."""
    if value is None:
        return ""
    said = str(value)
    return f"'{said}" if FORMULA.match(said) else said


def _row(said: Published, at: Addresses) -> dict[str, object]:
    card, edition = said.card, said.edition
    title = title_of(said)
    return {
        "code": card.code,
        "national_id": card.national_id,
        "slug": card.slug,
        "title_fa": title.fa,
        "title_en": title.en,
        "unit": card.unit.code,
        "unit_fa": card.unit.title_fa,
        "unit_en": card.unit.title_en,
        "edition": edition.number,
        "valid_from": edition.valid_from.isoformat(),
        "uri": at.service(card.slug),
        "page": at.page(card.slug),
        "sample": "yes" if card.sample else "no",
        **_of_form(said.form),
    }


def _of_form(form: Content) -> dict[str, object]:
    return {
        "description_fa": form.description.fa,
        "description_en": form.description.en,
        "service_type": " ".join(form.service_type),
        "life_events": " ".join(form.life_events),
        "fee": form.fee.kind.value,
        "amount_irr": form.fee.amount_irr,
        "duration": form.duration.value,
        "duration_unit": form.duration.unit.value if form.duration.value else None,
        "in_person_visits": form.in_person_visits,
    }
