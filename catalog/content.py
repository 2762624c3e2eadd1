"""What a card says, in words: the parts of the form that answers cite."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from agency.bilingual import localized_mapping
from catalog.models import CardEdition, ServiceCard


def content_in_force(card: ServiceCard) -> dict[str, Any]:
    """The form as published now; the working copy where nothing is."""
    edition = card.edition_in_force()
    return edition.snapshot if edition else card.content


def passage(edition: CardEdition, field: str, language: str) -> str:
    """One field of an edition as plain text in `language`; empty for the whole card."""
    with translation.override(language):
        return _passage(edition.snapshot, field)


def _passage(form: dict[str, Any], field: str) -> str:
    if field in {"documents", "steps", "laws"}:
        lines = [localized_mapping(each) for each in form.get(field, [])]
        numbered = field == "steps"
        return "\n".join(
            f"{i}. {line}" if numbered else f"• {line}" for i, line in enumerate(lines, 1)
        )
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
        return _("%(amount)s rial") % {"amount": f"{fee['amount_irr']:,}"}
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
    return sentences[duration.get("unit", "day")] % {"count": value}
