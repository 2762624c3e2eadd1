"""What a card says, in words: the parts of the form that answers cite."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from agency.bilingual import localized_mapping, readers_language
from catalog.form.choices import FeeKind
from catalog.form.measures import price, time_needed
from catalog.models import CardEdition, ServiceCard
from persian.digits import in_digits_of


def content_in_force(card: ServiceCard) -> dict[str, Any]:
    """The form as published now; the working copy where nothing is."""
    edition = card.edition_in_force()
    return edition.snapshot if edition else card.content


def passage(edition: CardEdition, field: str, language: str) -> str:
    """One field of an edition as plain text in `language`; empty for the whole card."""
    return passage_of(edition.snapshot, field, language)


def passage_of(form: dict[str, Any], field: str, language: str) -> str:
    """The same of a filled form."""
    with translation.override(language):
        return _passage(form, field)


def _passage(form: dict[str, Any], field: str) -> str:
    if field in {"documents", "steps", "laws"}:
        lines = [localized_mapping(each) for each in form.get(field) or []]
        if field != "steps":
            return "\n".join(f"• {line}" for line in lines)
        numbers = [in_digits_of(str(i), readers_language()) for i in range(1, len(lines) + 1)]
        return "\n".join(f"{i}. {line}" for i, line in zip(numbers, lines, strict=True))
    if field == "fee":
        return _fee(form.get("fee") or {})
    if field == "duration":
        duration = form.get("duration") or {}
        return time_needed(duration.get("value"), duration.get("unit")) or _("Not stated")
    return ""


def _fee(fee: dict[str, Any]) -> str:
    """An amount, or what the form says instead of one."""
    kind, amount = fee.get("kind"), fee.get("amount_irr")
    note = "" if amount or kind == FeeKind.FREE else localized_mapping(fee.get("note"))
    return note or price(kind, amount)
