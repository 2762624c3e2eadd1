"""The citizen's token, in a signed http-only cookie; read the same way by pages and sockets."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.identity import cookies_of
from consult.models import Citizen
from consult.operations.access import admit, recognise

SALT = "rayzan.citizen"
MAX_AGE = 30 * 24 * 60 * 60  # The cookie's; what it opens runs out much earlier.


def cookie_name() -> str:
    return f"{settings.COOKIE_PREFIX}rayzan-citizen"


def citizen_of(request: HttpRequest) -> Citizen | None:
    """Who asks this, if this browser ever asked anything."""
    token = _unsigned(request.COOKIES.get(cookie_name(), ""))
    return recognise(token) if token else None


def token_in(scope: dict[str, Any]) -> str:
    """The token that a socket's handshake carries; empty if none, or not one of ours."""
    return _unsigned(cookies_of(scope).get(cookie_name(), ""))


def _unsigned(value: str) -> str:
    try:
        return signing.TimestampSigner(salt=SALT).unsign(value, max_age=MAX_AGE)
    except signing.BadSignature:
        return ""


def admitted(request: HttpRequest) -> tuple[Citizen, str]:
    """The citizen of this browser, and the token to keep if they are new (else empty)."""
    known = citizen_of(request)
    if known is not None:
        return known, ""
    newcomer = admit()
    return newcomer.citizen, newcomer.token


def remember(response: HttpResponse, token: str) -> None:
    """Let the browser keep its token; nothing to do for somebody known."""
    if token:
        response.set_cookie(
            cookie_name(),
            signing.TimestampSigner(salt=SALT).sign(token),
            max_age=MAX_AGE,
            httponly=True,
            secure=settings.PRODUCTION,
            samesite="Lax",
        )
