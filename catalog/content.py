"""What a card says, in words: the parts of the form that answers cite."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from agency.bilingual import localized_mapping, readers_language
from catalog.models import CardEdition, ServiceCard
from persian.digits import grouped, in_digits_of


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
        return fee_words(form.get("fee") or {})
    if field == "duration":
        return duration_words(form.get("duration") or {})
    return ""


def fee_words(fee: dict[str, Any]) -> str:
    """What it costs: free, an amount in rial, or the tariff."""
    if fee.get("kind") == "free":
        return _("Free of charge")
    if fee.get("amount_irr"):
        return _("%(amount)s rial") % {"amount": grouped(fee["amount_irr"], readers_language())}
    return localized_mapping(fee.get("note")) or _("By the tariff of the year")


def duration_words(duration: dict[str, Any]) -> str:
    """How long it takes."""
    value = duration.get("value")
    if not value:
        return _("Not stated")
    sentences = {
        "hour": _("%(count)s hours"),
        "day": _("%(count)s days"),
        "working_day": _("%(count)s working days"),
        "month": _("%(count)s months"),
    }
    count = in_digits_of(str(value), readers_language())
    return sentences[duration.get("unit", "day")] % {"count": count}
