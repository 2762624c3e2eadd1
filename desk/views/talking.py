"""A citizen's consultation: waiting, talking, leaving, saying how it was."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from catalog.content import content_in_force
from chat.forms import MessageForm
from chat.models import Message
from chat.operations import end
from chat.queries import turns
from chat.views import asking_citizen, render_talk, visible_consultation
from consult.models import Citizen, Consultation
from consult.operations.access import readable_pin
from consult.operations.noting import give_feedback as keep_feedback
from consult.queries import place_of
from desk import operations
from desk.forms import FeedbackForm
from desk.models import Ticket
from persian.masking import mask
from persian.text import clean_input

State = Consultation.State


@require_safe
def show_consultation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whatever the state: the line, the conversation, or its end."""
    citizen = asking_citizen(request)
    consultation = visible_consultation(citizen, pk)
    if consultation.is_closed:
        return _show_end(request, consultation, citizen, FeedbackForm())
    if consultation.assigned_at is None:
        return _show_line(request, consultation, citizen)
    return render_talk(request, consultation, citizen, MessageForm.fresh())


def _show_line(request: HttpRequest, consultation: Consultation, citizen: Citizen) -> HttpResponse:
    card = consultation.card
    content = content_in_force(card) if card else {}
    wanted = [
        each for each in content.get("documents", []) if each.get("obtained_by") == "applicant"
    ]
    context = {
        "consultation": consultation,
        "case": consultation.case,
        "pin": readable_pin(citizen=citizen, case=consultation.case),
        "place": place_of(consultation),
        "card": card,
        "documents": wanted,
        "turns": turns(consultation, mine=Message.Role.CITIZEN),
    }
    return render(request, "desk/waiting.html", context)


@require_safe
def show_place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The place in line alone, for the page that is open already."""
    consultation = visible_consultation(asking_citizen(request), pk)
    context = {"consultation": consultation, "place": place_of(consultation)}
    return render(request, "desk/_place.html", context)


@require_safe
def show_strip(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the open conversation waits for, alone: a hold, a place in line."""
    consultation = visible_consultation(asking_citizen(request), pk)
    return render(request, "chat/_standing.html", {"consultation": consultation})


@require_POST
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Out of the line, or out of the conversation; with a ticket if that is wanted."""
    consultation = visible_consultation(asking_citizen(request), pk)
    if request.POST.get("as_ticket"):
        ticket = operations.become_ticket(consultation=consultation)
        return redirect(operations.case_url(ticket.case))
    talked = consultation.assigned_at is not None
    reasons = Consultation.CloseReason
    end(consultation=consultation, reason=reasons.CITIZEN_LEFT if talked else reasons.ABANDONED)
    return redirect(consultation)


@require_POST
def give_feedback(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Solved or not, a mark, a word; "not solved" becomes a ticket in the same step."""
    citizen = asking_citizen(request)
    consultation = visible_consultation(citizen, pk)
    if not consultation.is_closed:
        raise Http404
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _show_end(request, consultation, citizen, form, status=422)
    said = form.cleaned_data
    keep_feedback(
        consultation=consultation,
        outcome=said["outcome"],
        rating=said["rating"],
        comment=mask(clean_input(said["comment"])),
    )
    if said["become_ticket"] and said["outcome"] == Consultation.Outcome.NOT_SOLVED:
        operations.become_ticket(consultation=consultation)
    return redirect(consultation)


def _show_end(
    request: HttpRequest,
    consultation: Consultation,
    citizen: Citizen,
    form: FeedbackForm,
    status: int = 200,
) -> HttpResponse:
    began = consultation.assigned_at
    lasted = (consultation.closed_at - began) if began and consultation.closed_at else None
    context = {
        "consultation": consultation,
        "case": consultation.case,
        "pin": readable_pin(citizen=citizen, case=consultation.case),
        "counsellor": consultation.last_holder,
        "minutes": max(1, round(lasted.total_seconds() / 60)) if lasted else None,
        "turns": turns(consultation, mine=Message.Role.CITIZEN),
        "form": form,
        "ticket": Ticket.objects.filter(case=consultation.case).first(),
        "given": consultation.feedback_at is not None,
    }
    return render(request, "desk/done.html", context, status=status)
