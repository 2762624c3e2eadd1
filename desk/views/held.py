"""The one conversation that is open in the console, and what its holder may do with it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.identity import AuthenticatedRequest, staff_only
from accounts.models import Role, User
from chat import operations as conversation
from chat.forms import MessageForm
from chat.posts import Stored
from chat.views import post_of, visible_consultation
from consult.models import Consultation
from consult.operations import holding
from desk.card_finder import cards_for
from desk.console import list_context, open_context, strip_context
from desk.forms import EpochForm, HoldForm, LinkCardForm, TransferForm
from trust.models import AuditEntry
from trust.operations import record

Page = HttpResponseBase


@require_safe
@staff_only(Role.COUNSELLOR)
def console_consultation(request: AuthenticatedRequest, pk: UUID) -> Page:
    """One conversation open beside the list."""
    if has_moved_on(request.user, pk):
        messages.info(request, _("This conversation is not with you any more."))
        return redirect("desk:console")
    consultation = visible_consultation(request.user, pk)
    mine = request.user.pk in (consultation.holder_id, consultation.last_holder_id)
    if not mine:
        return redirect("oversight:read", pk)
    if consultation.is_closed:
        _note_reading(request, consultation)
    return render_open(request, consultation)


def has_moved_on(person: User, pk: UUID) -> bool:
    """Whether this was theirs once and is not theirs to read now."""
    was_mine = Consultation.objects.filter(pk=pk, last_holder=person)
    return was_mine.exists() and not Consultation.objects.visible_to(person).filter(pk=pk).exists()


def _note_reading(request: AuthenticatedRequest, consultation: Consultation) -> None:
    record(
        actor=request.user,
        action=AuditEntry.Action.READ_CONSULTATION,
        subject=("consultation", str(consultation.pk)),
    )


def render_open(
    request: AuthenticatedRequest,
    consultation: Consultation,
    status: int = 200,
    **forms: Any,
) -> Page:
    query = request.GET.get("card_q", "")[:200]
    context = list_context(request.user, current=consultation.pk)
    context |= open_context(consultation, request.user, query) | forms
    return render(request, "desk/console.html", context, status=status)


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
    return render_open(request, consultation, status=422, form=form)


@require_safe
@staff_only(Role.COUNSELLOR)
def console_strip(request: AuthenticatedRequest, pk: UUID) -> Page:
    """What is due in the open conversation: an offer, a hold, an answer that is late."""
    consultation = visible_consultation(request.user, pk)
    return render(request, "desk/_strip.html", strip_context(consultation))


@require_POST
@staff_only(Role.COUNSELLOR)
def answer_offer(request: AuthenticatedRequest, pk: UUID) -> Page:
    """Accept, or leave it to the next."""
    consultation = held_or_ended(request, pk)
    accepted = request.POST.get("answer") == "accept"
    act = conversation.accept if accepted else conversation.decline
    _held_act(request, act, consultation)
    return redirect("desk:console-consultation", pk) if accepted else redirect("desk:console")


@require_POST
@staff_only(Role.COUNSELLOR)
def hold(request: AuthenticatedRequest, pk: UUID) -> Page:
    """Ask for a few minutes, with a reason that the citizen reads."""
    consultation = held_or_ended(request, pk)
    form = HoldForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        act = partial(conversation.hold, reason=typed["reason"], minutes=typed["minutes"])
        _held_act(request, act, consultation)
    else:
        _say_errors(request, form)
    return redirect("desk:console-consultation", pk)


@require_POST
@staff_only(Role.COUNSELLOR)
def resume(request: AuthenticatedRequest, pk: UUID) -> Page:
    """Back before the time."""
    _held_act(request, conversation.resume, held_or_ended(request, pk))
    return redirect("desk:console-consultation", pk)


def _held_act(
    request: AuthenticatedRequest, act: Callable[..., None], consultation: Consultation
) -> None:
    """Do it as the holder that the page knew; whoever comes back late is told so."""
    form = EpochForm(request.POST)
    epoch = form.cleaned_data["epoch"] if form.is_valid() else -1
    try:
        act(consultation=consultation, counsellor=request.user, epoch=epoch)
    except ValidationError as error:
        messages.error(request, error.message)


def _say_errors(request: AuthenticatedRequest, form: Form) -> None:
    for errors in form.errors.values():
        messages.error(request, str(errors[0]))


@require_POST
@staff_only(Role.COUNSELLOR)
def transfer(request: AuthenticatedRequest, pk: UUID) -> Page:
    """Hand over to whoever knows a topic, or to one colleague."""
    consultation = held_or_ended(request, pk)
    form = TransferForm(request.POST)
    if not form.is_valid():
        _say_errors(request, form)
        return redirect("desk:console-consultation", pk)
    try:
        conversation.hand_over(
            consultation=consultation,
            handover=form.handover(consultation.topic),
            counsellor=request.user,
            epoch=form.cleaned_data["epoch"],
        )
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("desk:console-consultation", pk)
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
            holding.link_card(consultation=consultation, card=card, counsellor=request.user)
        except ValidationError as error:
            messages.error(request, error.message)
    return redirect("desk:console-consultation", pk)


@require_safe
@staff_only(Role.COUNSELLOR)
def find_cards(request: AuthenticatedRequest, pk: UUID) -> Page:
    """Cards for the finder: what is typed, else what this conversation is probably about."""
    consultation = held_or_ended(request, pk)
    query = request.GET.get("q", "").strip()[:200]
    context = {
        "query": query,
        "found": cards_for(consultation, query),
        "language": consultation.language,
    }
    return render(request, "desk/_found_cards.html", context)


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
