"""The conversation over plain HTTP. It works before, and without, the socket."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.identity import AuthenticatedRequest, staff_only
from accounts.models import Role
from agency.bilingual import readers_language
from catalog.content import passage
from chat import operations
from chat.citing import citations
from chat.forms import CiteForm, MessageForm, RevealForm
from chat.models import Message
from chat.posts import Post, Rejected, Stored
from chat.queries import turns
from consult.cookies import citizen_of
from consult.models import Citizen, Consultation, Person
from consult.operations.access import readable_pin
from live.words import refusal
from persian.jalali import format_clock, format_day, format_moment
from trust.models import SealedOriginal
from trust.network import address_of, shortened
from trust.operations import reveal as reveal_original


def visible_consultation(person: Person, pk: UUID) -> Consultation:
    """What one may not see is simply not found."""
    visible = Consultation.objects.visible_to(person).select_related(
        "case", "topic__unit", "card", "holder", "last_holder"
    )
    return get_object_or_404(visible.distinct(), pk=pk)


def asking_citizen(request: HttpRequest) -> Citizen:
    """The citizen of this browser; for a browser that asked nothing there is nothing here."""
    citizen = citizen_of(request)
    if citizen is None:
        raise Http404
    return citizen


def post_of(form: MessageForm, consultation: Consultation, person: Person) -> Post:
    """The message that a valid form carries."""
    typed = form.cleaned_data
    return Post(
        consultation=consultation.pk,
        person=person,
        stream=typed["stream"],
        n=typed["n"],
        client_id=str(typed["client_id"]),
        text=typed["text"],
    )


@require_POST
def post_message(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A citizen's message without a script: form, redirect, the page again."""
    citizen = asking_citizen(request)
    consultation = visible_consultation(citizen, pk)
    form = MessageForm(request.POST)
    if form.is_valid():
        result = operations.post(post_of(form, consultation, citizen))
        if isinstance(result, Stored):
            return redirect(consultation)
        form.refuse(result.code)
    return render_talk(request, consultation, citizen, form, status=422)


def render_talk(
    request: HttpRequest,
    consultation: Consultation,
    citizen: Citizen,
    form: MessageForm,
    status: int = 200,
) -> HttpResponse:
    """The conversation as the citizen's page."""
    counsellor = consultation.last_holder  # Whom it is only offered to is nobody to them yet.
    said = turns(consultation, mine=Message.Role.CITIZEN)
    context = {
        "consultation": consultation,
        "case": consultation.case,
        "counsellor": counsellor,
        "turns": said,
        "just_asked": sum(turn.mine for turn in said) <= 1,
        "form": form,
        "side": Message.Role.CITIZEN,
        "other": counsellor.shown_name if counsellor else _("The counsellor"),
        "live_cursor": consultation.last_seq,
        "pin": readable_pin(citizen=citizen, case=consultation.case),
        "post_url": reverse("chat:post-message", args=[consultation.pk]),
    }
    return render(request, "chat/talk.html", context, status=status)


@require_safe
def download_transcript(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The citizen's copy, as plain text."""
    consultation = visible_consultation(asking_citizen(request), pk)
    language = readers_language()
    lines = [str(consultation.case), format_moment(consultation.arrived_at, language), ""]
    for turn in turns(consultation, mine=Message.Role.CITIZEN):
        if turn.day_break:
            lines.append(format_day(timezone.localdate(turn.at), language))
        text = turn.text or (turn.citation.title if turn.citation else "")
        lines.append(f"{format_clock(turn.at, language)} {turn.name}: {text}")
    response = HttpResponse(
        "\ufeff" + "\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"
    )
    name = f"rayzan-{consultation.case.tracking_code}.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@staff_only(Role.COUNSELLOR)
def cite_card(request: AuthenticatedRequest, pk: UUID) -> HttpResponseBase:
    """The holder sends a card, or one field of it, in the edition that is in force."""
    consultation = visible_consultation(request.user, pk)
    form = CiteForm(request.POST)
    if not form.is_valid():
        raise Http404
    message = cited(form.cleaned_data, consultation, request.user)
    card = form.cleaned_data["card"]
    result = operations.cite(message=message, card=card, counsellor=request.user)
    said = refusal(result.code)[readers_language()] if isinstance(result, Rejected) else ""
    if is_fetched(request):
        return HttpResponse(said, status=422 if said else 200, content_type="text/plain")
    if said:
        messages.error(request, said)
    return redirect("desk:console-consultation", consultation.pk)


def cited(typed: dict[str, Any], consultation: Consultation, counsellor: Person) -> Post:
    edition = typed["card"].edition_in_force()
    if edition is None:
        raise Http404
    text = typed["text"] or passage(edition, typed["field"], consultation.language)
    return Post(
        consultation=consultation.pk,
        person=counsellor,
        stream=typed["stream"],
        n=typed["n"],
        client_id=str(typed["client_id"]),
        text=text,
        edition=edition.pk,
        field=typed["field"],
    )


@require_safe
def show_cited(request: HttpRequest, pk: UUID, seq: int) -> HttpResponse:
    """What a message of the citizen's conversation cites, to be opened in its place."""
    return _render_cited(request, visible_consultation(asking_citizen(request), pk), seq)


@require_safe
@staff_only(Role.COUNSELLOR, Role.SUPERVISOR)
def read_cited(request: AuthenticatedRequest, pk: UUID, seq: int) -> HttpResponseBase:
    """The same for whoever of the staff may read the conversation."""
    return _render_cited(request, visible_consultation(request.user, pk), seq)


def _render_cited(request: HttpRequest, consultation: Consultation, seq: int) -> HttpResponse:
    found = citations(Message.objects.filter(consultation=consultation, seq=seq).in_order())
    if seq not in found:
        raise Http404
    return render(request, "chat/_cited.html", {"citation": found[seq]})


@require_POST
@staff_only(Role.COUNSELLOR, Role.SUPERVISOR)
def reveal(request: AuthenticatedRequest, pk: UUID) -> HttpResponseBase:
    """What a mask covers, to whoever may read that message; written to the log."""
    sealed = get_object_or_404(SealedOriginal, pk=pk, subject_kind="message")
    consultation = visible_consultation(request.user, UUID(sealed.subject_id.split("/")[0]))
    form = RevealForm(request.POST)
    context: dict[str, Any] = {"sealed": sealed, "back": _page_of(consultation, request.user)}
    if not form.is_valid():
        messages.error(request, str(form.errors["reason"][0]))
        return redirect(context["back"])
    context["reason"] = form.cleaned_data["reason"]
    context["original"] = reveal_original(
        original=sealed,
        actor=request.user,
        reason=context["reason"],
        address=shortened(address_of(request)),
    )
    page = "chat/_revealed.html" if is_fetched(request) else "chat/revealed.html"
    return render(request, page, context)


def is_fetched(request: HttpRequest) -> bool:
    """Asked for by a script that puts the answer into the page it stands on."""
    return request.headers.get("X-Requested-With") == "fetch"


def _page_of(consultation: Consultation, reader: Person) -> str:
    holder = reader.pk in (consultation.holder_id, consultation.last_holder_id)
    name = "desk:console-consultation" if holder else "oversight:read"
    return reverse(name, args=[consultation.pk])
