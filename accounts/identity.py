"""Who is behind a request or a socket, told honestly to the type checker."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.models import Session
from django.http import Http404, HttpRequest, HttpResponseBase
from django.http.cookie import parse_cookie
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import Post, Role, User

P = ParamSpec("P")


class AuthenticatedRequest(HttpRequest):
    """A request behind `staff_only`."""

    user: User


def session_key_in(scope: dict[str, Any]) -> str:
    """The session that a socket's handshake names; empty if it names none."""
    return cookies_of(scope).get(settings.SESSION_COOKIE_NAME, "")


def cookies_of(scope: dict[str, Any]) -> dict[str, str]:
    """The cookies of a handshake, read as Django reads those of a request."""
    said = [value for name, value in scope.get("headers", ()) if name == b"cookie"]
    return parse_cookie(b"; ".join(said).decode("latin-1"))


def people_behind(keys: Iterable[str]) -> dict[str, User]:
    """Who is signed in with each of these sessions.

    What `django.contrib.auth.get_user` says of one request, said of many handshakes at once: the
    session lives, its account is open, and the password is still the one it was opened with.
    """
    sessions = Session.objects.filter(session_key__in=list(keys), expire_date__gt=timezone.now())
    said = {session.session_key: session.get_decoded() for session in sessions}
    pks = {data[SESSION_KEY] for data in said.values() if SESSION_KEY in data}
    people = {str(each.pk): each for each in User.objects.filter(pk__in=pks, is_active=True)}
    return {
        key: people[data[SESSION_KEY]]
        for key, data in said.items()
        if data.get(SESSION_KEY) in people and _is_of(people[data[SESSION_KEY]], data)
    }


def _is_of(person: User, data: dict[str, Any]) -> bool:
    if data.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return False
    known = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    said = data.get(HASH_SESSION_KEY, "")
    return any(constant_time_compare(said, each) for each in known)


def roles_of(people: Iterable[int]) -> dict[int, frozenset[str]]:
    """The roles of each of these people; who has none is left out."""
    found: dict[int, set[str]] = {}
    for person, role in Post.objects.filter(person__in=list(people)).values_list("person", "role"):
        found.setdefault(person, set()).add(role)
    return {person: frozenset(roles) for person, roles in found.items()}


def live_sessions(keys: Iterable[str]) -> set[str]:
    """Those of `keys` with which somebody is signed in now."""
    wanted = list(keys)
    if not wanted:
        return set()
    found = Session.objects.filter(session_key__in=wanted, expire_date__gt=timezone.now())
    return set(found.values_list("session_key", flat=True))


def staff_only(
    *roles: Role,
) -> Callable[
    [Callable[Concatenate[AuthenticatedRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Only for people who hold one of `roles`; a stranger signs in, a colleague finds nothing."""

    def decorate(
        view: Callable[Concatenate[AuthenticatedRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            person = request.user
            if not isinstance(person, User):
                return redirect_to_login(request.get_full_path())
            if not any(person.holds(role) for role in roles):
                raise Http404
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", guarded)

    return decorate
