"""A card as schema.org's GovernmentService: what search engines read on its page.

In the page's language, unlike CPSV-AP, because that is how its readers take it.
"""

from typing import Any

from agency.bilingual import localized
from catalog.form.choices import FeeKind, Medium, ServiceType
from catalog.form.content import Fee, FeeItem, Words
from catalog.open_data.addresses import Addresses, iri
from catalog.open_data.cpsv import title_of
from catalog.open_data.parts import processing_time
from catalog.open_data.published import Published

AUDIENCES = {
    ServiceType.G2C: "Audience",
    ServiceType.G2B: "BusinessAudience",
    ServiceType.G2G: "Audience",
}


def government_service(said: Published, at: Addresses, language: str) -> dict[str, Any]:
    """The block of a card's page; what the form leaves empty is left out."""
    form, card = said.form, said.card
    agency = card.unit.agency
    operator = form.provider.executive_body
    if not operator.fa.strip():
        operator = Words(fa=agency.name_fa, en=agency.name_en)
    found = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": at.service(card.slug),
        "name": _text(title_of(said)),
        "description": _text(form.description),
        "identifier": said.identifier,
        "url": at.page(card.slug, language),
        "serviceOperator": {
            "@type": "GovernmentOrganization",
            "name": _text(operator),
            "telephone": agency.phone or None,
        },
        "areaServed": form.level.label if form.level else None,
        "audience": [
            {"@type": AUDIENCES[each], "audienceType": _text(form.recipients) or str(each.label)}
            for each in form.service_type
        ],
        "category": [str(each.label) for each in form.life_events],
        "availableChannel": _channels(said),
        "hoursAvailable": _text(form.service_hours),
        "serviceOutput": {"@type": "Thing", "name": _text(form.output)} if form.output.fa else None,
        "offers": _offers(form.fee),
        "termsOfService": "\n".join(_text(each) for each in form.laws),
        "inLanguage": language,
    }
    return {name: _plain(value) for name, value in found.items() if value not in (None, "", [])}


def _text(said: Words) -> str:
    return localized(said.fa, said.en)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items() if each is not None}
    return [_plain(each) for each in value] if isinstance(value, list) else str(value)


def _channels(said: Published) -> list[dict[str, Any]]:
    """How it is asked for and delivered: the two stages that the public goes through."""
    form = said.form
    stages = (form.channels.request, form.channels.delivery)
    media = dict.fromkeys(medium for stage in stages for medium in stage.media)
    time = processing_time(form.duration)
    return [
        {
            "@type": "ServiceChannel",
            "name": str(medium.label),
            "serviceUrl": iri(form.url) if medium == Medium.WEB and form.url.strip() else None,
            "servicePhone": _phone(said) if medium == Medium.CALL_CENTER else None,
            "processingTime": time["@value"] if time else None,
        }
        for medium in media
    ]


def _phone(said: Published) -> dict[str, str] | None:
    number = said.form.contact.phone or said.card.unit.agency.phone
    return {"@type": "ContactPoint", "telephone": number} if number else None


def _offers(fee: Fee) -> list[dict[str, str]]:
    """Prices that are known; a tariff is none."""
    amounts: list[Fee | FeeItem] = [*fee.items] or [fee]
    known = [(each, 0 if each.kind == FeeKind.FREE else each.amount_irr) for each in amounts]
    return [
        {
            "@type": "Offer",
            "price": str(amount),
            "priceCurrency": "IRR",
            **({"name": _text(each)} if isinstance(each, FeeItem) else {}),
        }
        for each, amount in known
        if amount is not None
    ]
