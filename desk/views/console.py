"""The counsellor's console: the list of what is held, and duty."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.identity import AuthenticatedRequest, staff_only
from accounts.models import Role
from agency.models import Topic
from chat import operations as conversation
from consult.operations import duty
from consult.queries import duty_of
from desk.console import duty_choices, list_context
from desk.forms import DutyForm

Page = HttpResponseBase


@require_safe
@staff_only(Role.COUNSELLOR)
def console(request: AuthenticatedRequest) -> Page:
    """The list, and the form for going on duty."""
    context = list_context(request.user) | {"duty_form": duty_choices(request.user)}
    return render(request, "desk/console.html", context)


@require_safe
@staff_only(Role.COUNSELLOR)
def console_list(request: AuthenticatedRequest) -> Page:
    """The list alone, for the page that is open already."""
    try:
        current = UUID(request.GET.get("open", ""))
    except ValueError:
        current = None
    return render(request, "desk/_console_list.html", list_context(request.user, current))


@require_safe
@staff_only(Role.COUNSELLOR)
def console_duty(request: AuthenticatedRequest) -> Page:
    """Load and state alone."""
    return render(request, "desk/_duty.html", {"duty": duty_of(request.user)})


@require_POST
@staff_only(Role.COUNSELLOR)
def change_duty(request: AuthenticatedRequest) -> Page:
    """Start, break, back, finish, off."""
    person, action = request.user, request.POST.get("action")
    if action == "start":
        return _start_duty(request)
    try:
        match action:
            case "break":
                duty.take_break(counsellor=person, reason=request.POST.get("reason", ""))
            case "available":
                conversation.come_back(counsellor=person)
            case "drain":
                duty.drain(counsellor=person)
            case "off":
                conversation.leave_duty(counsellor=person)
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("desk:console")


def _start_duty(request: AuthenticatedRequest) -> Page:
    form = DutyForm(request.POST, known=Topic.objects.known_to(request.user.skills.all()))
    if form.is_valid():
        chosen = form.cleaned_data
        conversation.start_duty(
            counsellor=request.user,
            topics=chosen["topics"],
            languages=chosen["languages"],
            capacity=chosen["capacity"],
        )
        return redirect("desk:console")
    context = list_context(request.user) | {"duty_form": duty_choices(request.user, form)}
    return render(request, "desk/console.html", context, status=422)
