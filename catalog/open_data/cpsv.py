"""Published cards as CPSV-AP 3.2: the EU's vocabulary for public services.

What the national form says and CPSV-AP has no word for stands in terms of our own (`irs:`).
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from agency.models import Agency
from catalog.form.content import Words
from catalog.open_data import parts, vocabulary
from catalog.open_data.addresses import Addresses, iri
from catalog.open_data.graph import Document, Graph, Ref, link, typed, words
from catalog.open_data.published import Published

TITLE = _("Service identity cards of %(agency)s")
DESCRIPTION = _("Every public service of %(agency)s: what it is, needs, costs and takes.")


def catalogue_document(cards: Sequence[Published], agency: Agency, at: Addresses) -> Document:
    """The whole catalogue in one graph."""
    graph = Graph(at)
    dataset(graph, agency)
    among = {each.card.slug for each in cards}
    for each in cards:
        service(graph, each, among)
    return graph.document()


def card_document(card: Published, at: Addresses) -> Document:
    """One service with everything that it refers to."""
    graph = Graph(at)
    service(graph, card, {card.card.slug})
    return graph.document()


def dataset(graph: Graph, agency: Agency) -> Ref:
    name = Words(fa=agency.name_fa, en=agency.name_en or agency.name_fa)
    title, description = (
        Words(fa=said.fa % {"agency": name.fa}, en=said.en % {"agency": name.en})
        for said in (vocabulary.in_both(TITLE), vocabulary.in_both(DESCRIPTION))
    )
    return vocabulary.catalogue_itself(graph, agency, title, description)


def service(graph: Graph, said: Published, among: set[str]) -> Ref:
    """One service; those of `among` are in the same graph and may be referred to as services."""
    address = graph.addresses.service(said.card.slug)
    return graph.put(
        address,
        "cpsv:PublicService",
        {
            **_what_it_is(graph, said),
            **_whose_it_is(graph, said),
            **parts.requirements(graph, said),
            **parts.procedure(graph, said),
            **parts.ways_and_costs(graph, said),
            **_neighbours(graph, said, among),
            **_in_our_terms(said),
        },
    )


def title_of(said: Published) -> Words:
    """Never empty: an edition that names nothing has the title of its card."""
    own = said.form.title
    return own if own.fa.strip() else Words(fa=said.card.title_fa, en=said.card.title_en)


def _what_it_is(graph: Graph, said: Published) -> dict[str, object]:
    form, edition = said.form, said.edition
    titled = title_of(said)
    described = form.description if words(form.description) else titled
    keys = (("fa", form.keywords.fa), ("en", form.keywords.en))
    return {
        "dct:identifier": said.identifier,
        "dct:title": words(titled),
        "dct:description": words(described),
        "dcat:keyword": [
            {"@language": tag, "@value": each} for tag, all_ in keys for each in dict.fromkeys(all_)
        ],
        "dct:issued": typed("date", edition.valid_from.isoformat()),
        "dct:modified": typed("dateTime", edition.published_at.isoformat()),
        "dcat:version": str(edition.number),
        "dcat:hasCurrentVersion": link(graph.addresses.edition(said.card.slug, edition.number)),
        "dct:language": vocabulary.languages(graph),
        "foaf:page": [
            vocabulary.document(graph, graph.addresses.page(said.card.slug)),
            *([vocabulary.document(graph, iri(form.url))] if form.url.strip() else []),
        ],
    }


def _whose_it_is(graph: Graph, said: Published) -> dict[str, object]:
    form, agency = said.form, said.card.unit.agency
    choices = [each for each in (form.nature, form.level, form.start_mode) if each]
    return {
        "cv:hasCompetentAuthority": vocabulary.authority_of(graph, agency, form.provider),
        "dct:isPartOf": dataset(graph, agency),
        "dct:spatial": vocabulary.iran(graph),
        "dct:audience": [vocabulary.concept(graph, each) for each in form.service_type],
        "cv:isClassifiedBy": [vocabulary.concept(graph, each) for each in choices],
        "cv:thematicArea": vocabulary.unit_concept(graph, said.card.unit),
        "cv:contactPoint": parts.contact(graph, said),
    }


def _neighbours(graph: Graph, said: Published, among: set[str]) -> dict[str, object]:
    """A relation to what this graph does not describe is a mere link, or checkers complain."""
    named = {each: link(graph.addresses.service(each)) for each in said.form.related}
    return {
        "cv:relatedService": [ref for slug, ref in named.items() if slug in among],
        "dct:relation": [ref for slug, ref in named.items() if slug not in among],
    }


def _in_our_terms(said: Published) -> dict[str, object]:
    form = said.form
    figures = form.statistics.recipients
    return {
        "irs:recipients": words(form.recipients),
        "irs:conditions": words(form.conditions),
        "irs:inPersonVisits": form.in_person_visits,
        "irs:frequency": form.frequency.kind.value,
        "irs:recipientsCount": figures,
        "irs:recipientsPer": None if figures is None else form.statistics.per.value,
        "irs:internalSystem": [tag for each in form.internal_systems for tag in words(each)],
        "irs:complaint": words(form.complaint),
        "irs:sample": said.card.sample or None,
    }
