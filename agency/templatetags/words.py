"""Numbers, days, codes and icons as pages show them, in the reader's language.

Presentation only: the decisions are in `persian/`, the language is the page's.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from math import ceil
from typing import Any, Protocol

from django import template
from django.conf import settings
from django.forms import BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import translate_url
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agency.bilingual import localized_mapping, readers_language
from persian import digits as numbers
from persian import folding, jalali
from persian.text import first_strong
from persian.tracking import format_tracking

register = template.Library()


class WaitRange(Protocol):
    """How long people have lately waited, in seconds."""

    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


# --- Numbers -----------------------------------------------------------------------------------


@register.filter
def digits(value: object) -> str:
    """The same text with the reader's digits."""
    return "" if value is None else numbers.in_digits_of(str(value), readers_language())


@register.filter
def grouped(value: float | None) -> str:
    return "" if value is None else numbers.grouped(value, readers_language())


@register.filter
def code(value: object) -> str:
    """A tracking code for the eye; what is copied keeps Latin digits."""
    written = str(value)
    shown = format_tracking(written) if len(written) == 12 else written
    return numbers.in_digits_of(shown, readers_language())


# --- Time --------------------------------------------------------------------------------------


@register.filter
def moment(value: datetime | None) -> str:
    return jalali.format_moment(value, readers_language()) if value else ""


@register.filter
def day(value: date | None) -> str:
    return jalali.format_day(in_tehran(value), readers_language()) if value else ""


@register.filter
def plain_day(value: date | None) -> str:
    """A day with its year and without its weekday."""
    return jalali.format_day(in_tehran(value), readers_language(), weekday=False) if value else ""


@register.filter
def short_day(value: date | None) -> str:
    return jalali.format_short_day(in_tehran(value), readers_language()) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    return jalali.format_clock(value, readers_language()) if value else ""


@register.filter
def ago(value: datetime | None) -> str:
    return jalali.ago(value, timezone.now(), readers_language()) if value else ""


@register.filter
def span(value: float | timedelta | None) -> str:
    """A length of time in words."""
    if value is None:
        return ""
    seconds = value.total_seconds() if isinstance(value, timedelta) else value
    return jalali.duration_words(seconds, readers_language())


@register.filter
def wait(value: WaitRange | None) -> str:
    """«۴ تا ۹ دقیقه»: whole minutes, rounded up, because nobody waits 3.7 of them."""
    if value is None:
        return ""
    low, high = (max(1, ceil(seconds / 60)) for seconds in (value.low, value.high))
    if low >= high:
        return span(high * 60)
    return digits(_("%(low)s to %(high)s minutes") % {"low": low, "high": high})


def in_tehran(value: date) -> date:
    """The calendar day on which a moment falls here; a day is itself."""
    return value.astimezone(jalali.TEHRAN).date() if isinstance(value, datetime) else value


# --- Text --------------------------------------------------------------------------------------


@register.filter
def localized(words: Mapping[str, str | None] | None) -> str:
    return localized_mapping(words)


@register.filter
def direction(text: object) -> str:
    return first_strong(str(text))


@register.filter
def highlight(text: object, query: object) -> SafeString:
    """The text with the words that answer the query marked, in their own spelling."""
    pieces = folding.highlight(str(text), str(query or ""))
    return format_html_join(
        "", "{}", ((marked(piece) if answers else piece,) for piece, answers in pieces)
    )


def marked(piece: str) -> SafeString:
    return format_html("<mark>{}</mark>", piece)


# --- Parts of a page ---------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, flip: bool = False) -> SafeString:
    """A stroke icon of the sprite; one that points along the line flips with the direction."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        " flip" if flip else "",
        static("design/icons.svg"),
        name,
    )


@register.simple_tag
def drawn(name: str) -> SafeString:
    """The same icon, drawn in the page itself: for what must be seen while the wire is cut."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', strokes()[name]
    )


@cache
def strokes() -> dict[str, SafeString]:
    """What the sprite draws, by name."""
    sprite = settings.BASE_DIR / "static" / "design" / "icons.svg"
    symbols = re.findall(r'<symbol id="([\w-]+)"[^>]*>(.*?)</symbol>', sprite.read_text("utf-8"))
    return {name: mark_safe(inside) for name, inside in symbols}


@register.simple_tag(takes_context=True)
def language_url(context: Mapping[str, Any], to: str) -> str:
    """This very page in the language `to`; the way in where there is no such page."""
    request: HttpRequest | None = context.get("request")
    return translate_url(request.get_full_path(), to) if request else "/"


@register.simple_tag
def widget(field: BoundField, style: str, **attributes: Any) -> SafeString:
    """A form's own input in our clothes: `{% widget form.text "textarea" rows=4 %}`."""
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    return field.as_widget(attrs={"class": style, **named})
