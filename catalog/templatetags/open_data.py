"""What a card's page says to machines, beside what it says to people."""

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from agency.bilingual import readers_language
from catalog.form.content import Content
from catalog.models import CardEdition, ServiceCard
from catalog.open_data.addresses import our_addresses
from catalog.open_data.published import Published
from catalog.open_data.schema_org import government_service

register = template.Library()

# Nothing that could end the block, or begin a comment in it; the same as Django's json_script.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.inclusion_tag("catalog/_open_data.html", takes_context=True)
def open_data_of(
    context: Mapping[str, Any],
    card: ServiceCard,
    edition: CardEdition | None,
    form: Content | None,
) -> dict[str, Any]:
    """Links to the data of a card, and its schema.org block; only of what is published."""
    found: dict[str, Any] = {"card": card, "edition": edition, "request": context.get("request")}
    if edition and form:
        language = readers_language()
        said = Published(card, edition, form)
        found["block"] = in_a_script(government_service(said, our_addresses(), language))
    return found


def in_a_script(said: dict[str, Any]) -> SafeString:
    written = json.dumps(said, ensure_ascii=False)
    return mark_safe(written.translate(ESCAPES))
