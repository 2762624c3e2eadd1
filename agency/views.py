"""Pages about the agency itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

PAGES = {"contact", "privacy", "accessibility"}


@require_safe
def show_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Phone and address, privacy, accessibility."""
    if slug not in PAGES:
        raise Http404
    return render(request, f"agency/{slug}.html")
