"""What a proxy asks: whether this process takes visitors."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from live.leaving import leaving


@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """200 while it does, 503 while it leaves. Says nothing about anybody."""
    text = "leaving" if leaving.begun else "ready"
    return HttpResponse(text, status=503 if leaving.begun else 200, content_type="text/plain")
