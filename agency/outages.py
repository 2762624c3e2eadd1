"""While the database is away: what a page says, and that nothing which was typed is lost.

In one place, as the house's answer to whatever breaks (`handler500`), so that no view has to think
of it. The page asks the database for nothing, and carries the form that could not be taken: one
press sends it again. Secrets are not among it; they are asked for once more.
"""

import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, gettext_noop, override
from django.utils.translation import gettext as _
from django.views.defaults import server_error

PAUSE: Final = 10  # Seconds; as long as a crashed database takes to come back.
SECRET: Final = re.compile(r"(?<!usable_)password|(^|[-_])(factor|pin|otp|secret|token)\d*$")
LABELS: Final = {
    "question": gettext_noop("Your question"),
    "contact": gettext_noop("Mobile or e-mail"),
    "code": gettext_noop("Tracking code"),
    "factor": gettext_noop("PIN"),
    "username": gettext_noop("User name"),
    "password": gettext_noop("Password"),
}
WORDS: Final = gettext_noop("What you wrote")
BOXES: Final = {"question", "text"}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Typed:
    """One field of the form that could not be taken."""

    name: str
    value: str
    label: str = ""  # Nothing that a person typed has none, and is hidden.
    secret: bool = False

    @property
    def long(self) -> bool:
        """Whether it wants a box, not a line."""
        return self.name in BOXES or len(self.value) > 40 or "\n" in self.value


def answer(request: HttpRequest) -> HttpResponse:
    """Whatever broke, said as what it is: an outage, or a fault of ours."""
    error = sys.exc_info()[1]
    if error is None or not is_outage(error):
        return server_error(request)
    log.warning("The database is away: %s: %s", type(error).__name__, _first_line(error))
    if hasattr(request, "session"):
        request.session.modified = False  # Else this answer, too, would wait for the database.
    with override(get_language_from_request(request, check_path=True)):
        page = render_to_string("503.html", _context(request))
    headers = {"Retry-After": str(PAUSE), "Cache-Control": "private, no-store"}
    return HttpResponse(page, status=503, headers=headers)


def is_outage(error: BaseException) -> bool:
    """Away, standing still, locked, or without a connection to spare; a wrong statement is none.

    SQLite calls a wrong statement operational, too; what the driver says tells them apart.
    """
    driver = getattr(error.__cause__, "sqlite_errorname", "")
    return isinstance(error, OperationalError | InterfaceError) and driver != "SQLITE_ERROR"


def typed_in(request: HttpRequest) -> Iterator[Typed]:
    """The form as it was sent, but for its secrets and the word against forgery."""
    for name, values in request.POST.lists():
        if name == "csrfmiddlewaretoken":
            continue
        if SECRET.search(name):
            label = _(LABELS.get(name, LABELS["password"]))
            yield Typed(name, "", label, secret=True)
            continue
        for value in values:
            yield Typed(name, value, _label(name, value))


def _label(name: str, value: str) -> str:
    if not value:
        return ""
    if name in LABELS:
        return _(LABELS[name])
    return _(WORDS) if name in BOXES or len(value.split()) > 1 else ""


def _context(request: HttpRequest) -> dict[str, object]:
    again = request.method == "POST"
    fields = list(typed_in(request)) if again else []
    return {
        "address": request.get_full_path(),
        "again": again,
        "fields": fields,
        "words": any(each.label for each in fields),
        "word_against_forgery": get_token(request) if again else "",
        "pause": PAUSE,
        "font_installed": settings.FONT_INSTALLED,
    }


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), "")
