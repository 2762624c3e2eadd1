"""How a conversation ends for its counsellor: it is closed, and wrapped up."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.identity import AuthenticatedRequest, staff_only
from accounts.models import Role
from chat.operations import end
from consult.models import Consultation
from consult.operations import noting
from desk.forms import CloseForm, WrapUpForm
from desk.views.held import has_moved_on, held_or_ended, render_open

Page = HttpResponseBase


@require_POST
@staff_only(Role.COUNSELLOR)
def close_consultation(request: AuthenticatedRequest, pk: UUID) -> Page:
    """End it, then wrap up on the same page."""
    consultation = held_or_ended(request, pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return render_open(request, consultation, status=422, close_form=form)
    reason = Consultation.CloseReason(form.cleaned_data["reason"])
    try:
        end(consultation=consultation, reason=reason, epoch=form.cleaned_data["epoch"])
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("desk:console-consultation", pk)


@require_POST
@staff_only(Role.COUNSELLOR)
def wrap_up(request: AuthenticatedRequest, pk: UUID) -> Page:
    """What the counsellor notes; then it leaves the list. The clock may have been faster."""
    mine = Consultation.objects.may_be_noted_by(request.user).select_related("case", "topic__unit")
    consultation = get_object_or_404(mine, pk=pk)
    form = WrapUpForm(request.POST)
    if not form.is_valid():
        if has_moved_on(request.user, pk):  # A late note shows nothing of the conversation.
            messages.error(request, _("Choose one of the three answers."))
            return redirect("desk:console")
        return render_open(request, consultation, status=422, wrap_up_form=form)
    noting.wrap_up(
        consultation=consultation,
        outcome=form.cleaned_data["outcome"],
        card_answered=form.card_answer(),
        failed_field=form.cleaned_data["failed_field"],
    )
    return redirect("desk:console")


@require_POST
@staff_only(Role.COUNSELLOR)
def extend_wrap_up(request: AuthenticatedRequest, pk: UUID) -> Page:
    """Two minutes more for the note, once."""
    consultation = held_or_ended(request, pk)
    try:
        noting.extend_wrap_up(consultation=consultation, counsellor=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("desk:console-consultation", pk)
