"""The counsellor's console: duty, the conversations held, the open one, and its case."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.identity import AuthenticatedRequest, staff_only
from accounts.models import Role, User
from agency.models import Topic
from chat import operations as conversation
from chat.forms import MessageForm
from chat.operations import end
from chat.posts import Stored
from chat.views import post_of, visible_consultation
from consult.models import Consultation
from consult.operations import closing, duty
from consult.queries import duty_of
from desk.console import duty_choices, list_context, open_context
from desk.forms import CloseForm, DutyForm, LinkCardForm, TransferForm, WrapUpForm
from trust.models import AuditEntry
from trust.operations import record

Page = HttpResponseBase


@require_safe
@staff_only(Role.COUNSELLOR)
def console(request: AuthenticatedRequest) -> Page:
    """The list, and the form for going on duty."""
    context = list_context(request.user) | {"duty_form": duty_choices(request.user)}
    return render(request, "desk/console.html", context)


@require_safe
@staff_only(Role.COUNSELLOR)
def console_consultation(request: AuthenticatedRequest, pk: UUID) -> Page:
    """One conversation open beside the list."""
    if _has_moved_on(request.user, pk):
        messages.info(request, _("This conversation is not with you any more."))
        return redirect("desk:console")
    consultation = visible_consultation(request.user, pk)
    mine = request.user.pk in (consultation.holder_id, consultation.last_holder_id)
    if not mine:
        return redirect("oversight:read", pk)
    if consultation.is_closed:
        _note_reading(request, consultation)
    return _render_open(request, consultation)


def _has_moved_on(person: User, pk: UUID) -> bool:
    """Whether this was theirs once and is not theirs to read now."""
    was_mine = Consultation.objects.filter(pk=pk, last_holder=person)
    return was_mine.exists() and not Consultation.objects.visible_to(person).filter(pk=pk).exists()


def _note_reading(request: AuthenticatedRequest, consultation: Consultation) -> None:
    record(
        actor=request.user,
        action=AuditEntry.Action.READ_CONSULTATION,
        subject=("consultation", str(consultation.pk)),
    )


def _render_open(
    request: AuthenticatedRequest,
    consultation: Consultation,
    status: int = 200,
    **forms: Any,
) -> Page:
    query = request.GET.get("card_q", "")[:200]
    context = list_context(request.user, current=consultation.pk)
    context |= open_context(consultation, request.user, query) | forms
    return render(request, "desk/console.html", context, status=status)


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


@require_POST
@staff_only(Role.COUNSELLOR)
def post_reply(request: AuthenticatedRequest, pk: UUID) -> Page:
    """A counsellor's message without a script."""
    consultation = visible_consultation(request.user, pk)
    form = MessageForm(request.POST)
    if form.is_valid():
        result = conversation.post(post_of(form, consultation, request.user))
        if isinstance(result, Stored):
            return redirect("desk:console-consultation", pk)
        form.refuse(result.code)
    return _render_open(request, consultation, status=422, form=form)


@require_POST
@staff_only(Role.COUNSELLOR)
def close_consultation(request: AuthenticatedRequest, pk: UUID) -> Page:
    """End it, then wrap up on the same page."""
    consultation = held_or_ended(request, pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _render_open(request, consultation, status=422, close_form=form)
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
        if _has_moved_on(request.user, pk):  # A late note shows nothing of the conversation.
            messages.error(request, _("Choose one of the three answers."))
            return redirect("desk:console")
        return _render_open(request, consultation, status=422, wrap_up_form=form)
    closing.wrap_up(
        consultation=consultation,
        outcome=form.cleaned_data["outcome"],
        card_answered=form.card_answer(),
        failed_field=form.cleaned_data["failed_field"],
    )
    return redirect("desk:console")


@require_POST
@staff_only(Role.COUNSELLOR)
def transfer(request: AuthenticatedRequest, pk: UUID) -> Page:
    """Hand over to whoever knows another topic."""
    consultation = held_or_ended(request, pk)
    form = TransferForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("desk:console-consultation", pk)
    try:
        conversation.hand_over(
            consultation=consultation,
            topic=form.cleaned_data["topic"],
            summary=form.cleaned_data["summary"],
            counsellor=request.user,
        )
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("desk:console")


@require_POST
@staff_only(Role.COUNSELLOR)
def link_card(request: AuthenticatedRequest, pk: UUID) -> Page:
    """Say which service this is about."""
    consultation = held_or_ended(request, pk)
    form = LinkCardForm(request.POST)
    if form.is_valid():
        card = form.cleaned_data["card"]
        try:
            closing.link_card(consultation=consultation, card=card, counsellor=request.user)
        except ValidationError as error:
            messages.error(request, error.message)
    return redirect("desk:console-consultation", pk)


def held_or_ended(request: AuthenticatedRequest, pk: UUID) -> Consultation:
    """Only what this person holds now, or is wrapping up; never what they may merely read.

    What must still be held when it happens is checked by the operation, under its lock.
    """
    consultation = visible_consultation(request.user, pk)
    ended = consultation.is_closed and consultation.wrapped_up_at is None
    holder = consultation.last_holder_id if ended else consultation.holder_id
    if holder != request.user.pk:
        raise Http404
    return consultation
