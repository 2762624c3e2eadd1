"""What a service costs, how long it takes and how often one has to come, in the reader's words.

Said alike wherever a card speaks: on its pages, in lists, in answers that cite it, on paper.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agency.bilingual import readers_language
from catalog.form.choices import DurationUnit, FeeKind
from persian.digits import grouped, in_digits_of


def price(kind: str | None, amount_irr: int | None) -> str:
    """Of a fee, or of one of its amounts."""
    if kind == FeeKind.FREE:
        return _("Free")
    return rials(amount_irr) if amount_irr else _("By tariff")


def rials(amount: int) -> str:
    return _("%(amount)s rial") % {"amount": grouped(amount, readers_language())}


def time_needed(value: int | None, unit: str | None) -> str:
    """Empty where it is not stated."""
    if not value:
        return ""
    match unit:
        case DurationUnit.HOUR:
            words = ngettext("%(shown)s hour", "%(shown)s hours", value)
        case DurationUnit.WORKING_DAY:
            words = ngettext("%(shown)s working day", "%(shown)s working days", value)
        case DurationUnit.MONTH:
            words = ngettext("%(shown)s month", "%(shown)s months", value)
        case _other:
            words = ngettext("%(shown)s day", "%(shown)s days", value)
    return words % {"shown": in_digits_of(str(value), readers_language())}


def visits(count: int | None) -> str:
    """Empty where it is not stated."""
    if count is None:
        return ""
    if count == 0:
        return _("No visit")
    shown = in_digits_of(str(count), readers_language())
    return ngettext("One visit", "%(shown)s visits", count) % {"shown": shown}
