"""Signing in and out, and the door through which a person of the staff begins."""

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.forms import SignInForm
from accounts.identity import AuthenticatedRequest, staff_only
from accounts.models import Role, User
from accounts.operations import sign_out as leave
from trust.models import AuditEntry
from trust.network import address_of, shortened
from trust.operations import record


class SignIn(auth_views.LoginView):
    """Name and password; wrong tries are limited per name and per address."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        response = super().form_valid(form)
        person = form.get_user()
        record(
            actor=person,
            action=AuditEntry.Action.SIGNED_IN,
            subject=("person", str(person.pk)),
            address=shortened(address_of(self.request)),
        )
        return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, User):
        leave(request=request, person=request.user)
    return redirect("accounts:sign-in")


STARTS = {
    Role.COUNSELLOR: "desk:console",
    Role.SUPERVISOR: "oversight:board",
    Role.EDITOR: "editorial:list-cards",
    Role.ADMINISTRATOR: "admin:index",
}


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """Where this person's work is; the first of an agency, without a post, gives posts first."""
    person = request.user
    if person.is_authenticated and person.is_staff and not person.posts.exists():
        return redirect("admin:index")
    return _work(request)


@staff_only(*Role)
def _work(request: AuthenticatedRequest) -> HttpResponseBase:
    held = {post.role for post in request.user.posts.all()}
    return redirect(next(page for role, page in STARTS.items() if role in held))
