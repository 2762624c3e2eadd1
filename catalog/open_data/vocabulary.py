"""Things that many cards share: choices of the form, authorities of the EU, bodies, units.

A checker wants everything that is referred to typed in the same graph, also what somebody else
defines: hence the stubs of the EU's authority lists.
"""

from django.db.models import TextChoices
from django.utils import translation
from django_stubs_ext import StrPromise

from agency.models import Agency, Unit
from catalog.form.content import Provider, Words
from catalog.open_data.addresses import name_of
from catalog.open_data.graph import Graph, Ref, link, words

AUTHORITY = "http://publications.europa.eu/resource/authority/"
CATALOGUE = "catalogue"


def in_both(text: StrPromise | str) -> Words:
    """A phrase of the house in both languages."""
    said = {}
    for language in ("fa", "en"):
        with translation.override(language):
            said[language] = str(text)
    return Words(**said)


def concept(graph: Graph, choice: TextChoices) -> Ref:
    """A choice of the form as a concept of its scheme."""
    scheme = type(choice).__name__.lower()
    return named_concept(graph, scheme, choice.value, choice.label)


def named_concept(graph: Graph, scheme: str, code: str, label: StrPromise | str) -> Ref:
    address = graph.addresses.thing("concept", scheme, code)
    said = {"skos:prefLabel": words(in_both(label)), "skos:notation": code}
    return graph.put(address, "skos:Concept", said)


def iran(graph: Graph) -> Ref:
    name = Words(fa="ایران", en="Iran")
    return graph.put(f"{AUTHORITY}country/IRN", "dct:Location", {"skos:prefLabel": words(name)})


def rial(graph: Graph) -> Ref:
    name = Words(fa="ریال ایران", en="Iranian rial")
    return graph.put(f"{AUTHORITY}currency/IRR", "skos:Concept", {"skos:prefLabel": words(name)})


def languages(graph: Graph) -> list[Ref]:
    """Persian and English: counter to what a text may lack, both are served."""
    named = {"FAS": Words(fa="فارسی", en="Persian"), "ENG": Words(fa="انگلیسی", en="English")}
    return [
        graph.put(
            f"{AUTHORITY}language/{code}", "dct:LinguisticSystem", {"skos:prefLabel": words(name)}
        )
        for code, name in named.items()
    ]


def agency_body(graph: Graph, agency: Agency) -> Ref:
    """The agency itself, below its parent body."""
    name = Words(fa=agency.name_fa, en=agency.name_en)
    parent = Words(fa=agency.parent_fa, en=agency.parent_en)
    above = body(graph, parent) if parent.fa.strip() else None
    return organisation(graph, agency.code, name, above)


def authority_of(graph: Graph, agency: Agency, said: Provider) -> Ref:
    """Whose service it is: the body that the form names, else the agency."""
    if said.executive_body.fa.strip() in ("", agency.name_fa.strip()):
        return agency_body(graph, agency)
    above = body(graph, said.parent_body) if said.parent_body.fa.strip() else None
    return organisation(graph, name_of(said.executive_body), said.executive_body, above)


def body(graph: Graph, name: Words) -> Ref:
    return organisation(graph, name_of(name), name, None)


def organisation(graph: Graph, code: str, name: Words, above: Ref | None) -> Ref:
    said = {
        "dct:identifier": code,
        "dct:title": words(name),
        "skos:prefLabel": words(name),
        "dct:spatial": iran(graph),
        "org:subOrganizationOf": above,
    }
    types = ["cv:PublicOrganisation", "foaf:Agent", "org:Organization"]
    return graph.put(graph.addresses.thing("organisation", code), types, said)


def unit_concept(graph: Graph, unit: Unit) -> Ref:
    """The unit as the field that a service belongs to."""
    address = graph.addresses.thing("concept", "unit", unit.code)
    label = words(Words(fa=unit.title_fa, en=unit.title_en))
    return graph.put(address, "skos:Concept", {"skos:prefLabel": label, "skos:notation": unit.code})


def hours(graph: Graph, said: Words) -> Ref | None:
    if not words(said):
        return None
    address = graph.addresses.thing("hours", name_of(said, "" if said.fa.strip() else "unnamed"))
    return graph.put(address, "time:TemporalEntity", {"dct:description": words(said)})


def document(graph: Graph, address: str) -> Ref | None:
    return graph.put(address, "foaf:Document", {}) if address else None


def catalogue_itself(graph: Graph, agency: Agency, title: Words, description: Words) -> Ref:
    """The catalogue as a data set: who publishes it, and where it is to be had."""
    at = graph.addresses.at
    ways = [
        graph.put(
            at(path),
            "dcat:Distribution",
            {"dcat:accessURL": link(at(path)), "dcat:mediaType": link(f"{IANA}{kind}")},
        )
        for path, kind in FORMATS.items()
    ]
    said = {
        "dct:identifier": CATALOGUE,
        "dct:title": words(title),
        "dct:description": words(description),
        "dct:publisher": agency_body(graph, agency),
        "dcat:distribution": ways,
    }
    return graph.put(graph.addresses.thing(CATALOGUE), "dcat:Dataset", said)


IANA = "https://www.iana.org/assignments/media-types/"
FORMATS = {
    "/catalogue.jsonld": "application/ld+json",
    "/catalogue.csv": "text/csv",
    "/catalogue.atom": "application/atom+xml",
}
