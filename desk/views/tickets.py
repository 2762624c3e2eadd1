"""The desk's tickets: the list, one of them, and opening one from a conversation."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.identity import AuthenticatedRequest, staff_only
from accounts.models import Role
from agency.queries import work_calendar
from chat.queries import turns
from desk import operations, queries
from desk.forms import FollowUpForm, TicketForm
from desk.models import Ticket
from desk.views.held import held_or_ended
from trust.models import AuditEntry
from trust.network import address_of, shortened
from trust.operations import record

DESK = (Role.COUNSELLOR, Role.SUPERVISOR, Role.ADMINISTRATOR)


@require_safe
@staff_only(*DESK)
def list_tickets(request: AuthenticatedRequest) -> HttpResponseBase:
    """One saved view, nearest due date first."""
    views = queries.views_of(request.user)
    counts = queries.counts(views)
    key = request.GET.get("view", "due")
    key = key if key in views else "due"
    q = request.GET.get("q", "")[:200].strip()
    found = queries.search(views[key][1], q) if q else views[key][1]
    context = {
        "rows": queries.rows(found[: queries.LISTED]),
        "views": [(each, label, counts[each], each == key) for each, (label, _) in views.items()],
        "q": q,
    }
    return render(request, "desk/tickets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*DESK)
def show_ticket(request: AuthenticatedRequest, pk: UUID) -> HttpResponseBase:
    """A ticket, and what may be done with it."""
    visible = Ticket.objects.visible_to(request.user)
    ticket = get_object_or_404(
        visible.select_related("case", "unit", "card", "assignee", "consultation__topic"), pk=pk
    )
    if request.method == "POST":
        return _act(request, ticket)
    record(
        actor=request.user,
        action=AuditEntry.Action.READ_TICKET,
        subject=("ticket", str(ticket.pk)),
        address=shortened(address_of(request)),
    )
    return _render(request, ticket, FollowUpForm(initial={"client_id": uuid4(), "is_public": True}))


def _act(request: AuthenticatedRequest, ticket: Ticket) -> HttpResponseBase:
    match request.POST.get("action"):
        case "follow_up":
            return _follow_up(request, ticket)
        case "claim":
            if not operations.claim(ticket=ticket, actor=request.user):
                messages.error(request, _("A colleague was faster."))
        case "status":
            try:
                operations.change_status(
                    ticket=ticket,
                    status=request.POST.get("status", ""),
                    actor=request.user,
                    note=request.POST.get("note", ""),
                )
            except ValidationError as error:
                messages.error(request, error.message)
    return redirect(ticket)


def _follow_up(request: AuthenticatedRequest, ticket: Ticket) -> HttpResponseBase:
    form = FollowUpForm(request.POST)
    if not form.is_valid():
        return _render(request, ticket, form, status=422)
    operations.add_follow_up(
        ticket=ticket,
        text=form.cleaned_data["text"],
        author=request.user,
        is_public=form.cleaned_data["is_public"],
        client_id=form.cleaned_data["client_id"],
    )
    return redirect(ticket)


def _render(
    request: AuthenticatedRequest, ticket: Ticket, form: FollowUpForm, status: int = 200
) -> HttpResponseBase:
    calendar = work_calendar(ticket.unit)
    first, resolution = queries.clocks(ticket, calendar, timezone.now())
    context: dict[str, Any] = {
        "ticket": ticket,
        "follow_ups": ticket.follow_ups.select_related("author"),
        "changes": queries.history(ticket),
        "first": first,
        "resolution": resolution,
        "due_reason": queries.why_then(ticket, calendar),
        "form": form,
        "transitions": queries.transitions(ticket),
        "consultation": ticket.consultation,
        "turns": turns(ticket.consultation, mine="") if ticket.consultation else [],
        "card": ticket.card,
    }
    return render(request, "desk/ticket.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.COUNSELLOR)
def open_ticket(request: AuthenticatedRequest, pk: UUID) -> HttpResponseBase:
    """From a conversation, with everything it already says filled in."""
    consultation = held_or_ended(request, pk)
    born = Ticket.objects.filter(consultation=consultation).first()
    if born is not None:
        return redirect(born)
    draft = operations.draft_from(consultation)
    if request.method != "POST":
        form = TicketForm(initial={name: getattr(draft, name) for name in TicketForm.base_fields})
        context = {"form": form, "consultation": consultation}
        return render(request, "desk/open_ticket.html", context)
    form = TicketForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "consultation": consultation}
        return render(request, "desk/open_ticket.html", context, status=422)
    operations.open_ticket(
        case=consultation.case,
        draft=operations.Draft(**form.cleaned_data, card=consultation.card),
        consultation=consultation,
        actor=request.user,
    )
    messages.success(request, _("The ticket is registered. The citizen was told."))
    return redirect("desk:console-consultation", pk)
