"""A card in its other forms: the whole official form, one sheet to print, a PDF."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from agency.bilingual import readers_language
from catalog.form.flow import chart
from catalog.open_data.addresses import our_addresses
from catalog.open_data.published import Published, published_card
from catalog.open_data.views import open_to_all
from catalog.sheets import pdf
from catalog.sheets.official import official_form
from catalog.sheets.one_page import sheet_of
from catalog.sheets.relatives import relatives_of

BUSY = 5  # Seconds after which to ask again.


@require_safe
def show_form(request: HttpRequest, slug: str) -> HttpResponse:
    """Every field of the national form, as published."""
    found = _published(slug)
    card, form = found.card, found.form
    relatives = relatives_of(card, form)
    context = {
        "card": card,
        "edition": found.edition,
        "form": form,
        "sections": official_form(card, found.edition, form, relatives),
        "flow": chart(form.steps, readers_language()) if form.steps else None,
        "can_typeset": pdf.is_possible(),
    }
    return render(request, "catalog/form.html", context)


@require_safe
def print_card(request: HttpRequest, slug: str) -> HttpResponse:
    """What somebody takes along, on one A4; its code leads back to asking about this card."""
    found = _published(slug)
    context = {
        "card": found.card,
        "edition": found.edition,
        "form": found.form,
        "sheet": sheet_of(found.form, readers_language()),
        "today": timezone.localdate(),
        "to_ask": our_addresses().at(f"{reverse('desk:ask')}?card={slug}"),
        "can_typeset": pdf.is_possible(),
    }
    return render(request, "catalog/print.html", context)


@require_safe
@open_to_all
def card_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The official form on paper; not made again for whoever has it already."""
    if not pdf.is_possible():
        raise Http404
    written = pdf.written(_published(slug), readers_language())
    mark = f'"{sha256(written.encode()).hexdigest()[:24]}"'
    if unchanged := get_conditional_response(request, etag=mark):
        return unchanged
    try:
        typeset = pdf.typeset(written)
    except pdf.BusyError:
        return HttpResponse(status=503, headers={"Retry-After": str(BUSY)})
    answer = HttpResponse(typeset, content_type="application/pdf")
    answer.headers["ETag"] = mark
    answer.headers["Content-Disposition"] = f'inline; filename="{slug}.pdf"'
    return answer


def _published(slug: str) -> Published:
    found = published_card(slug)
    if found is None:
        raise Http404
    return found
