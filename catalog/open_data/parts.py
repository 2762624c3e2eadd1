"""What a service needs, rests on, goes through, costs and is reached by, as CPSV-AP."""

import re

from django.utils.translation import gettext_lazy as _

from catalog.form.choices import (
    FeeKind,
    LifeEvent,
    Medium,
    ObtainedBy,
    Stage,
)
from catalog.form.content import Document, Duration, Fee, FeeItem, Law, Ways, Words, iso8601
from catalog.open_data.addresses import iri, name_of
from catalog.open_data.graph import Graph, Ref, typed, words
from catalog.open_data.published import Published
from catalog.open_data.vocabulary import (
    body,
    concept,
    document,
    hours,
    in_both,
    languages,
    named_concept,
    rial,
)

LONGEST = 100_000  # Of any unit: more is a slip of the pen, and beyond what readers can hold.
ARTICLES = re.compile(r"(،\s*(مواد|ماده|مادهٔ)\s|,\s*Arts?\.).*$", re.DOTALL)


# --- What it needs and rests on -----------------------------------------------------------------


def requirements(graph: Graph, said: Published) -> dict[str, object]:
    form = said.form
    evidence = [_evidence(graph, said, place, each) for place, each in enumerate(form.documents, 1)]
    return {
        "cv:isGroupedBy": [_event(graph, each) for each in form.life_events],
        "cpsv:hasInput": evidence,
        "cv:hasInputType": [_evidence_type(graph, each) for each in form.documents],
        "cv:hasLegalResource": [_law(graph, each) for each in form.laws],
        "irs:legalBasis": [tag for each in form.laws for tag in words(each)],
    }


def _evidence(graph: Graph, said: Published, place: int, each: Document) -> Ref:
    address = graph.addresses.service(said.card.slug) + f"/evidence/{place}"
    by_office = each.obtained_by == ObtainedBy.INQUIRY
    return graph.put(
        address,
        "cv:Evidence",
        {
            "dct:identifier": f"{said.identifier}-evidence-{place}",
            "dct:title": words(each) or words(Words(fa=str(place))),
            "dct:conformsTo": _evidence_type(graph, each),
            "foaf:page": document(graph, iri(each.form)),
            "irs:obtainedBy": concept(graph, each.obtained_by),
            "irs:required": each.required,
            "irs:broughtByApplicant": not by_office,
        },
    )


def _evidence_type(graph: Graph, each: Document) -> Ref:
    code = name_of(each, each.code)
    address = graph.addresses.thing("evidence-type", code)
    return graph.put(
        address, "cv:EvidenceType", {"dct:identifier": code, "skos:prefLabel": words(each)}
    )


def _event(graph: Graph, event: LifeEvent) -> Ref:
    kind = "cv:BusinessEvent" if event == LifeEvent.BUSINESS else "cv:LifeEvent"
    label = words(in_both(event.label))
    return graph.put(
        graph.addresses.thing("event", event.value),
        ["cv:Event", kind],  # Both: checkers draw no conclusions.
        {"dct:identifier": event.value, "dct:title": label},
    )


def _law(graph: Graph, each: Law) -> Ref:
    """The law itself; which of its articles count is said by the service."""
    whole = Words(fa=ARTICLES.sub("", each.fa), en=ARTICLES.sub("", each.en))
    address = graph.addresses.thing("law", name_of(whole, each.code))
    page = document(graph, iri(each.link))
    return graph.put(address, "eli:LegalResource", {"dct:title": words(whole), "foaf:page": page})


# --- How it goes --------------------------------------------------------------------------------


def procedure(graph: Graph, said: Published) -> dict[str, object]:
    form = said.form
    return {
        "cpsv:follows": _rule(graph, said),
        "cpsv:produces": _output(graph, said),
        "cv:hasParticipation": [
            _participation(graph, said, place) for place in range(len(form.external_bodies))
        ],
        "cv:processingTime": processing_time(form.duration),
        "irs:processingTimeUnit": concept(graph, form.duration.unit)
        if form.duration.value
        else None,
    }


def processing_time(duration: Duration) -> dict[str, str] | None:
    if not duration.value or duration.value > LONGEST:
        return None
    return typed("duration", iso8601(duration))


def _rule(graph: Graph, said: Published) -> Ref | None:
    steps = said.form.steps
    listed = Words(
        fa="\n".join(f"{each.order}. {each.fa}" for each in steps if each.fa.strip()),
        en="\n".join(f"{each.order}. {each.en}" for each in steps if each.en.strip()),
    )
    if not words(listed):
        return None
    return graph.put(
        graph.addresses.service(said.card.slug) + "/rule",
        "cpsv:Rule",
        {
            "dct:identifier": f"{said.identifier}-rule",
            "dct:title": words(in_both(_("Steps of the service"))),
            "dct:description": words(listed),
            "cpsv:implements": [_law(graph, each) for each in said.form.laws],
            "dct:language": languages(graph),
        },
    )


def _output(graph: Graph, said: Published) -> Ref | None:
    if not words(said.form.output):
        return None
    return graph.put(
        graph.addresses.service(said.card.slug) + "/output",
        "cv:Output",
        {"dct:identifier": f"{said.identifier}-output", "dct:title": words(said.form.output)},
    )


def _participation(graph: Graph, said: Published, place: int) -> Ref:
    each = said.form.external_bodies[place]
    provider = _("Data provider")
    name = each.body if each.body.fa.strip() else Words(fa=each.body.en or "—", en=each.body.en)
    number = place + 1
    return graph.put(
        graph.addresses.service(said.card.slug) + f"/participation/{number}",
        "cv:Participation",
        {
            "dct:identifier": f"{said.identifier}-participation-{number}",
            "dct:description": words(in_both(each.mode.label)),
            "cv:role": named_concept(graph, "participation", "data_provider", provider),
            "cv:hasParticipant": body(graph, name),
            "irs:exchanged": each.exchanged or None,
            "irs:system": each.system or None,
        },
    )


# --- Where, and for how much --------------------------------------------------------------------


def ways_and_costs(graph: Graph, said: Published) -> dict[str, object]:
    fee = said.form.fee
    amounts: list[Fee | FeeItem] = [*fee.items] or [fee]
    return {
        "cv:hasChannel": _channels(graph, said),
        "cv:hasCost": [_cost(graph, said, place, each) for place, each in enumerate(amounts, 1)],
        "irs:ePayment": fee.e_payment,
        "irs:account": [*fee.accounts],
    }


def _cost(graph: Graph, said: Published, place: int, each: Fee | FeeItem) -> Ref:
    """`xsd:double`, as CPSV-AP wants it; an amount by tariff has no value."""
    amount = 0 if each.kind == FeeKind.FREE else each.amount_irr
    own = each.note if isinstance(each, Fee) else each
    return graph.put(
        graph.addresses.service(said.card.slug) + f"/cost/{place}",
        "cv:Cost",
        {
            "dct:identifier": f"{said.identifier}-cost-{place}",
            "dct:description": words(own) or words(in_both(each.kind.label)),
            "cv:hasValue": None if amount is None else typed("double", float(amount)),
            "cv:currency": rial(graph),
        },
    )


def _channels(graph: Graph, said: Published) -> list[Ref]:
    """One channel a medium, with the stages that it serves."""
    stages: dict[str, list[str]] = {}
    for stage in Stage:
        ways: Ways = getattr(said.form.channels, stage.value)
        for name in dict.fromkeys([*ways.media, *(["visit"] if ways.non_electronic else [])]):
            stages.setdefault(str(name), []).append(stage.value)
    return [_channel(graph, said, name, at) for name, at in stages.items()]


def _channel(graph: Graph, said: Published, name: str, stages: list[str]) -> Ref:
    visit = name == "visit"
    attended = visit or name in (Medium.CALL_CENTER, Medium.SERVICE_OFFICE)
    kind = (
        named_concept(graph, "medium", name, _("In person"))
        if visit
        else concept(graph, Medium(name))
    )
    online = name == Medium.WEB and said.form.url.strip()
    return graph.put(
        graph.addresses.service(said.card.slug) + f"/channel/{name}",
        "cv:Channel",
        {
            "dct:identifier": f"{said.identifier}-{name}",
            "dct:type": kind,
            "dct:description": _reasons(said) if visit else None,
            "cv:openingHours": hours(graph, said.form.service_hours) if attended else None,
            "foaf:page": document(graph, iri(said.form.url)) if online else None,
            "irs:stage": stages,
        },
    )


def _reasons(said: Published) -> list[dict[str, str]]:
    """Why somebody has to come, in both languages."""
    visits = [getattr(said.form.channels, stage.value).non_electronic for stage in Stage]
    reasons = dict.fromkeys(reason for each in visits if each for reason in each.reasons)
    labels = [in_both(each.label) for each in reasons]
    return words(
        Words(fa="، ".join(each.fa for each in labels), en=", ".join(each.en for each in labels))
    )


def contact(graph: Graph, said: Published) -> Ref:
    """Whom to turn to: what the form says, else the agency's own."""
    unit, form = said.card.unit, said.form
    named = form.contact.unit if form.contact.unit.fa.strip() else None
    email = form.contact.email or unit.agency.email
    return graph.put(
        graph.addresses.service(said.card.slug) + "/contact",
        "cv:ContactPoint",
        {
            "skos:prefLabel": words(named or Words(fa=unit.title_fa, en=unit.title_en)),
            "cv:telephone": form.contact.phone or unit.agency.phone,
            "cv:email": email,
            "cv:openingHours": hours(graph, form.service_hours),
            "cv:contactPage": document(graph, graph.addresses.at("/about/contact/")),
        },
    )
