"""One text as a page shows it: in which language, where it leads, which way it reads.

A text that is missing in the reader's language is shown in the other one, and says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from agency.bilingual import readers_language
from catalog.form.content import FeeItem, Words
from catalog.form.measures import price
from persian.digits import in_digits_of
from persian.jalali import format_day
from persian.text import first_strong


@dataclass(frozen=True, slots=True)
class Said:
    """A text. `language` only where it is not the reader's; `ltr` for codes and addresses."""

    text: str
    language: str = ""
    link: str = ""
    ltr: bool = False

    @property
    def direction(self) -> str:
        return {"fa": "rtl", "en": "ltr"}.get(self.language, "ltr" if self.ltr else "")


Cell = tuple[Said, ...]


def in_both(words: Words | None) -> Cell:
    """A text that has both languages, or one of them."""
    return of_mapping({"fa": words.fa, "en": words.en}) if words else ()


def of_mapping(words: Mapping[str, Any] | None) -> Cell:
    """The same of a mapping, as editions and columns hold it."""
    reader = readers_language()
    own, other = ("en", "fa") if reader == "en" else ("fa", "en")
    said = {language: str((words or {}).get(language) or "").strip() for language in (own, other)}
    if said[own]:
        return (Said(said[own]),)
    return (Said(said[other], language=other),) if said[other] else ()


def in_persian(text: str) -> Cell:
    """A text that the form has only once, for everybody: most are Persian."""
    text = text.strip()
    if not text:
        return ()
    if first_strong(text) == "ltr":
        return (Said(text, ltr=True),)
    return (Said(text, language="" if readers_language() == "fa" else "fa"),)


def plainly(*texts: object) -> Cell:
    """What is in the reader's language already."""
    return tuple(Said(str(text)) for text in texts if str(text))


def as_code(text: str) -> Cell:
    """A number or a name for machines; digits stay as they are written there."""
    return (Said(text, ltr=True),) if text else ()


def as_link(address: str, text: str = "") -> Cell:
    return (Said(text or address, link=address, ltr=not text),) if address else ()


def chosen(choices: Iterable[TextChoices | None]) -> Cell:
    """Choices by their labels on the form."""
    return plainly(*(each.label for each in choices if each is not None))


def in_digits(text: object) -> str:
    return in_digits_of(str(text), readers_language())


def yes_or_no(value: bool) -> Cell:
    return plainly(_("yes") if value else _("no"))


def priced(item: FeeItem) -> tuple[Cell, Cell]:
    return in_both(item), plainly(price(item.kind, item.amount_irr))


def on_day(value: date | None) -> Cell:
    return plainly(format_day(value, readers_language(), weekday=False)) if value else ()
