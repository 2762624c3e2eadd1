"""Following a case without an account: code and second answer, then status, words, next step."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agency.queries import work_calendar
from chat.views import asking_citizen
from consult.cookies import admitted, citizen_of, remember
from consult.models import Case, Citizen
from consult.operations.access import case_behind, let_in, readable_pin
from desk import operations, queries
from desk.forms import ReplyForm, TrackForm
from desk.models import Ticket
from persian.tracking import parse_tracking
from trust.network import address_of


@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for code and factor; one neutral answer to whatever is wrong."""
    if request.method != "POST":
        return render(request, "desk/track.html", {"form": TrackForm(initial=request.GET.dict())})
    form = TrackForm(request.POST)
    if form.is_valid():
        try:
            return _open(request, form)
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "desk/track.html", {"form": form}, status=422)


def _open(request: HttpRequest, form: TrackForm) -> HttpResponse:
    case = case_behind(
        code=form.cleaned_data["code"],
        factor=form.cleaned_data["factor"],
        address=address_of(request),
    )
    citizen, token = admitted(request)
    let_in(citizen=citizen, case=case)
    response = redirect(operations.case_url(case))
    remember(response, token)
    return response


@require_safe
def show_case(request: HttpRequest, code: str) -> HttpResponse:
    """One case to whoever may open it; everybody else is asked for the second answer."""
    citizen = citizen_of(request)
    case = _case(citizen, code)
    if citizen is None or case is None:
        return redirect(operations.track_url(parse_tracking(code) or ""))
    return _render(request, case, citizen, ReplyForm(initial={"client_id": uuid4()}))


@require_POST
def reply(request: HttpRequest, code: str) -> HttpResponse:
    """The citizen adds something to their ticket."""
    citizen = asking_citizen(request)
    case, ticket = _ticket(citizen, code)
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            operations.add_follow_up(
                ticket=ticket,
                text=form.cleaned_data["text"],
                author=None,
                is_public=True,
                client_id=form.cleaned_data["client_id"],
            )
            return redirect(operations.case_url(case))
        except ValidationError as error:
            form.add_error("text", error)
    return _render(request, case, citizen, form, status=422)


@require_POST
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """The citizen does not want the ticket any more."""
    case, ticket = _ticket(asking_citizen(request), code)
    operations.cancel(ticket=ticket)
    return redirect(operations.case_url(case))


def _case(citizen: Citizen | None, code: str) -> Case | None:
    number = parse_tracking(code)
    if citizen is None or number is None:
        return None
    return Case.objects.visible_to(citizen).filter(tracking_code=number).first()


def _ticket(citizen: Citizen, code: str) -> tuple[Case, Ticket]:
    visible = Ticket.objects.visible_to(citizen).select_related("case", "unit", "card")
    ticket = get_object_or_404(visible.distinct(), case__tracking_code=parse_tracking(code) or "")
    return ticket.case, ticket


def _render(
    request: HttpRequest, case: Case, citizen: Citizen, form: ReplyForm, status: int = 200
) -> HttpResponse:
    ticket = case.tickets.select_related("unit", "card").order_by("created_at").first()
    pin = readable_pin(citizen=citizen, case=case)
    context: dict[str, Any] = {
        "case": case,
        "ticket": ticket,
        "consultations": list(case.consultations.select_related("topic").order_by("arrived_at")),
        "card": ticket.card if ticket else case.card,
        "pin": pin,
        "just_filed": bool(pin),  # To the browser that filed it, in that same visit.
        "form": form,
    }
    if ticket is not None:
        context |= {
            "follow_ups": ticket.follow_ups.public()
            .select_related("author")
            .order_by("-created_at"),
            "steps": queries.steps(ticket),
            "due": None if ticket.has_ended else ticket.resolution_due_at,
            "due_reason": queries.why_then(ticket, work_calendar(ticket.unit)),
        }
    return render(request, "desk/case.html", context, status=status)
