"""The catalogue, for everybody: list, search, card."""

from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from agency.models import Unit
from catalog.form.content import read
from catalog.form.flow import chart
from catalog.models import ServiceCard
from catalog.queries import find_cards

MAX_QUESTION = 4_000


def asked(request: HttpRequest) -> str:
    """The question that travels along in the address."""
    return request.GET.get("q", "")[:MAX_QUESTION].strip()


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """The cards that may answer what is being typed, as a fragment."""
    q = asked(request)
    context = {"q": q, "results": find_cards(q), "searched": bool(q)}
    return render(request, "catalog/_results.html", context)


@require_safe
def list_cards(request: HttpRequest) -> HttpResponse:
    """Every published card, by unit, or those that answer a question."""
    q = asked(request)
    code = request.GET.get("unit", "")
    unit = Unit.objects.filter(code=code).first() if slug_re.match(code) else None
    cards = ServiceCard.objects.published().select_related("unit").order_by("unit_id", "code")
    context = {
        "q": q,
        "results": find_cards(q),
        "unit": unit,
        "units": Unit.objects.filter(cards__status=ServiceCard.Status.PUBLISHED).distinct(),
        "cards": cards.filter(unit=unit) if unit else cards,
    }
    return render(request, "catalog/list.html", context)


@require_safe
def show_card(request: HttpRequest, slug: str) -> HttpResponse:
    """One card, as published."""
    cards = ServiceCard.objects.published().select_related("unit")
    card = get_object_or_404(cards, slug=slug)
    edition = card.edition_in_force()
    content = edition.snapshot if edition else card.content
    context = {
        "card": card,
        "edition": edition,
        "content": content,
        "flow": chart(steps, (get_language() or "fa")[:2])
        if (steps := read(content).steps)
        else None,
        "q": asked(request),
    }
    return render(request, "catalog/card.html", context)
