"""Who is behind a request or a socket, told honestly to the type checker."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from channels.db import database_sync_to_async
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts.models import Role, User

P = ParamSpec("P")


class AuthenticatedRequest(HttpRequest):
    """A request behind `staff_only`."""

    user: User


async def signed_in(scope: dict[str, Any]) -> User:
    """The person of the staff on this socket; `PermissionDenied` for anybody else."""
    lazy = scope.get("user")

    def load() -> User:
        person = lazy
        if person is None or not person.is_authenticated or not person.is_active:
            raise PermissionDenied
        return User.objects.get(pk=person.pk)

    return await database_sync_to_async(load)()


def live_sessions(keys: Iterable[str]) -> set[str]:
    """Those of `keys` with which somebody is signed in now."""
    found = Session.objects.filter(session_key__in=list(keys), expire_date__gt=timezone.now())
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
