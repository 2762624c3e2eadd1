"""The catalogue, for everybody: list, search, card."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from agency.bilingual import readers_language
from agency.models import Unit
from catalog.form.choices import LifeEvent
from catalog.form.flow import chart
from catalog.models import ServiceCard
from catalog.open_data.published import form_of as form_of_edition
from catalog.queries import MOST, Answer, answer, answer_among, browsed, wholes, with_parts
from catalog.search import facets
from catalog.search.facets import Chosen, Facet, kinds
from catalog.sheets import pdf
from catalog.sheets.relatives import relatives_of
from persian.folding import tokens

MAX_QUESTION = 4_000
TITLES: dict[str, Promise] = {
    facets.AUDIENCE: pgettext_lazy("facet", "For whom"),
    facets.EVENT: pgettext_lazy("facet", "Event of life"),
    facets.UNIT: pgettext_lazy("facet", "Unit"),
    facets.ELECTRONIC: pgettext_lazy("facet", "Visits"),
}


def asked(request: HttpRequest) -> str:
    """The question that travels along in the address."""
    return request.GET.get("q", "")[:MAX_QUESTION].strip()


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What answers what is being typed, as a fragment: for the first page, or for the list."""
    if request.GET.get("for") == "list":
        return render(request, "catalog/_found.html", _found(request))
    q = asked(request)
    found = answer(q)
    context = {"q": q, "answer": found, "results": found.hits, "searched": bool(q)}
    return render(request, "catalog/_results.html", context)


@require_safe
def list_cards(request: HttpRequest) -> HttpResponse:
    """Every published card, or those that answer a question, narrowed down as one likes."""
    return render(request, "catalog/list.html", _found(request))


@dataclass(frozen=True, slots=True)
class Link:
    """A value of a facet: choosing it, or no longer choosing it."""

    label: str
    cards: int
    chosen: bool
    url: str


def _found(request: HttpRequest) -> dict[str, Any]:
    q, chosen = asked(request), Chosen.read(request.GET.dict())
    page = None
    if tokens(q):
        found = answer_among(q, chosen)
        total = len(found.hits)
    else:
        entries = browsed(chosen)
        page = Paginator(wholes(entries), MOST).get_page(request.GET.get("page"))
        total = entries.count()
        hits = with_parts(page, entries)
        found = Answer(hits, facets=facets.facets(kinds(), chosen))
    return {
        "q": q,
        "answer": found,
        "results": found.hits,
        "chosen": chosen,
        "facets": [_links(each, q) for each in found.facets],
        "everything": _address(q, Chosen()),
        "page": page,
        "total": total,
        "here": _address(q, chosen),
    }


def _links(facet: Facet, q: str) -> dict[str, Any]:
    labels = _labels(facet)
    links = [
        Link(
            label=str(labels.get(each.code, each.code)),
            cards=each.cards,
            chosen=each.chosen,
            url=_address(q, each.others if each.chosen else each.with_it),
        )
        for each in facet.values
    ]
    return {"name": facet.name, "title": TITLES[facet.name], "links": links}


def _labels(facet: Facet) -> dict[str, Any]:
    if facet.name == facets.UNIT:
        return {each.code: each.title for each in Unit.objects.all()}
    if facet.name == facets.ELECTRONIC:
        return {facets.YES: pgettext_lazy("facet", "No visit needed")}
    return dict(facets.AUDIENCES if facet.name == facets.AUDIENCE else LifeEvent.choices)


def _address(q: str, chosen: Chosen) -> str:
    said = urlencode([*([("q", q)] if q else []), *chosen])
    return f"{reverse('catalog:list-cards')}?{said}" if said else reverse("catalog:list-cards")


@require_safe
def show_card(request: HttpRequest, slug: str) -> HttpResponse:
    """One card, as published."""
    cards = ServiceCard.objects.published().select_related("unit")
    card = get_object_or_404(cards, slug=slug)
    edition = card.edition_in_force()
    form = form_of_edition(edition) if edition else None
    context = {
        "card": card,
        "edition": edition,
        "form": form,
        "content": edition.snapshot if edition else card.content,
        "relatives": relatives_of(card, form),
        "can_typeset": pdf.is_possible(),
        "flow": chart(form.steps, readers_language()) if form and form.steps else None,
        "q": asked(request),
    }
    return render(request, "catalog/card.html", context)
