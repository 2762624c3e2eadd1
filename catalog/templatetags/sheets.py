"""How pages say what a card says: in its language, what it costs and takes, as a code to scan."""

from collections.abc import Mapping
from typing import Any

import segno
from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from catalog.form import measures
from catalog.form.content import Words
from catalog.sheets.said import Cell, Said, in_both, in_persian, of_mapping

register = template.Library()


@register.simple_tag
def said(words: Mapping[str, Any] | Words | Said | str | None, q: str = "") -> SafeString:
    """A text of a card. Where it is not in the reader's language, it says so."""
    context = {"cell": _cell(words), "q": q}
    return mark_safe(render_to_string("catalog/_said.html", context).strip())


def _cell(words: Mapping[str, Any] | Words | Said | str | None) -> Cell:
    if isinstance(words, Said):
        return (words,)
    if isinstance(words, Words):
        return in_both(words)
    return in_persian(words) if isinstance(words, str) else of_mapping(words)


@register.simple_tag
def price(kind: str, amount_irr: int | None) -> str:
    return measures.price(kind, amount_irr)


@register.simple_tag
def time_needed(value: int | None, unit: str) -> str:
    return measures.time_needed(value, unit) or _("Not stated")


@register.simple_tag
def visits(count: int | str | None) -> str:
    """A form that was begun may lack the field: a page gives an empty text then."""
    return measures.visits(count if isinstance(count, int) else None) or _("Not stated")


@register.simple_tag
def qr(address: str) -> SafeString:
    """An address as a code for a phone's camera, drawn in the page itself."""
    drawing = segno.make(address, error="m").svg_inline(
        omitsize=True, border=2, svgclass="qr", lineclass=None, dark="#000", light="#fff"
    )
    return mark_safe(drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))
