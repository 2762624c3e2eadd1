"""Open data on the web: for everybody, from every site, and only once while nothing changes.

No cookie is read here and nothing is personal, so any site's script may ask (CORS `*`) and any
cache may keep the answer.
"""

import json
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import condition, require_safe

from agency.bilingual import readers_language
from agency.models import Agency
from catalog.open_data.addresses import KINDS, our_addresses
from catalog.open_data.cpsv import card_document, catalogue_document
from catalog.open_data.feed import PAGE, feed
from catalog.open_data.published import (
    latest_changes,
    published_card,
    published_cards,
    published_edition,
    stamp,
)
from catalog.open_data.table import table

JSON_LD = "application/ld+json"
FRESH = 300  # Seconds for which a cache need not ask.
MAX_PAGE = 10_000

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def open_to_all(view: View[P]) -> View[P]:
    """Whatever it answers, 304 too, may be read by any site and kept by any cache."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        patch_cache_control(response, public=True, max_age=FRESH)
        return response

    return answer


def mark(request: HttpRequest, **named: Any) -> str:
    """The ETag: what everything is made of, and which part of it this is."""
    page = f"-{page_of(request)}" if "page" in request.GET else ""
    return f'"{stamp().mark}-{readers_language()}{page}"'


def changed_at(_request: HttpRequest, **_named: Any) -> datetime | None:
    return stamp().changed_at


unchanged = condition(etag_func=mark, last_modified_func=changed_at)


@require_safe
@open_to_all
@unchanged
def catalogue_data(request: HttpRequest) -> HttpResponse:
    """Every published card in one CPSV-AP graph."""
    return _data(_catalogue_as(stamp().mark, our_addresses().origin), "/catalogue.jsonld")


@require_safe
@open_to_all
@unchanged
def catalogue_table(request: HttpRequest) -> HttpResponse:
    """Every published card as a row."""
    answer = HttpResponse(
        table(published_cards(), our_addresses()), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="catalogue.csv"'
    return answer


@require_safe
@open_to_all
@unchanged
def catalogue_feed(request: HttpRequest) -> HttpResponse:
    """What came and went of late, a page at a time."""
    number, path = page_of(request), reverse("catalog:catalogue-feed")
    changes = latest_changes((number - 1) * PAGE, PAGE + 1)
    place = {
        "agency": _agency(),
        "language": readers_language(),
        "path": path if number == 1 else f"{path}?page={number}",
        "older": f"{path}?page={number + 1}" if len(changes) > PAGE else None,
        "changed": stamp().changed_at,
    }
    written = feed(changes[:PAGE], our_addresses(), place)
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")


@require_safe
@open_to_all
@unchanged
def card_data(request: HttpRequest, slug: str) -> HttpResponse:
    """One card as CPSV-AP."""
    card = published_card(slug)
    if card is None:
        raise Http404
    return _data(_json(card_document(card, our_addresses())), f"/services/{slug}.jsonld")


@require_safe
@open_to_all
@unchanged
def edition_data(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a card said in one of its editions."""
    edition = published_edition(slug, number)
    if edition is None:
        raise Http404
    written = _json(card_document(edition, our_addresses()))
    return _data(written, f"/services/{slug}/editions/{number}.jsonld")


@require_safe
@open_to_all
def name_service(request: HttpRequest, slug: str) -> HttpResponse:
    """The name of a service leads to its page, or to its data for who would rather have that."""
    if published_card(slug) is None:
        raise Http404
    kinds = ["text/html", JSON_LD, "application/json"]
    page = request.get_preferred_type(kinds) == "text/html"
    name = "catalog:show-card" if page else "catalog:card-data"
    return _see(reverse(name, args=[slug]))


@require_safe
@open_to_all
def name_edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The name of an edition leads to what it said."""
    if published_edition(slug, number) is None:
        raise Http404
    return _see(reverse("catalog:edition-data", args=[slug, number]))


@require_safe
@open_to_all
def name_thing(request: HttpRequest, kind: str) -> HttpResponse:
    """What a service has is described with it; whatever else has a name, in the catalogue."""
    first, *rest = kind.split("/")
    if first == "service" and len(rest) > 1 and published_card(rest[0]):
        return _see(reverse("catalog:card-data", args=[rest[0]]))
    if first not in (*KINDS, "def"):
        raise Http404
    return _see(reverse("catalog:catalogue-data"))


def page_of(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 1
    return min(max(number, 1), MAX_PAGE)


def _see(address: str) -> HttpResponse:
    answer = HttpResponse(status=303, headers={"Location": address})
    patch_vary_headers(answer, ["Accept"])
    return answer


def _data(written: str, canonical: str) -> HttpResponse:
    """The same graph in both languages, so one address is the canonical one."""
    answer = HttpResponse(written, content_type=JSON_LD)
    answer.headers["Link"] = f'<{our_addresses().at(canonical)}>; rel="canonical"'
    return answer


@lru_cache(maxsize=1)
def _catalogue_as(mark: str, origin: str) -> str:
    """Written once for all who ask while nothing changes."""
    return _json(catalogue_document(published_cards(), _agency(), our_addresses()))


def _agency() -> Agency:
    agency = Agency.objects.order_by("pk").first()
    if agency is None:
        raise Http404
    return agency


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
