"""Where it begins: the question box, the form, and whether somebody is there to talk."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agency.bilingual import readers_language
from agency.models import Topic
from catalog.forms import SearchForm
from catalog.models import ServiceCard
from catalog.queries import answer, probable_topic
from catalog.views import asked as question_in
from chat import operations as conversation
from consult.cookies import admitted, remember
from consult.models import Citizen
from consult.operations.asking import Asked
from consult.queries import reach
from desk import operations
from desk.forms import AskForm, FileForm
from trust.network import address_of
from trust.operations import take_attempt


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Type a question, read what answers it, or talk to somebody."""
    q = question_in(request)
    found = answer(q, limit=3)
    context = {
        "form": SearchForm(initial={"q": q}),
        "q": q,
        "answer": found,
        "results": found.hits,
        "searched": bool(q),
        "reach": reach(),
    }
    return render(request, "desk/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The question, for a counsellor if one can be reached, else for the desk."""
    return _ask(request, written=False)


@require_http_methods(["GET", "HEAD", "POST"])
def file_ticket(request: HttpRequest) -> HttpResponse:
    """The same form, for a written answer."""
    return _ask(request, written=True)


def _ask(request: HttpRequest, *, written: bool) -> HttpResponse:
    card = _card_in(request)
    if request.method != "POST":
        return _show(request, _fresh(request, card, written=written), card, written=written)
    form = (FileForm if written else AskForm)(request.POST)
    if form.is_valid():
        address = address_of(request)
        if take_attempt("ask", address, settings.LIMITS["asks_per_address_an_hour"]):
            return _accept(request, form, card, written=written)
        form.add_error(None, ValidationError(_("Too many questions at once. Please wait a while.")))
    return _show(request, form, card, written=written, status=422)


def _accept(
    request: HttpRequest, form: AskForm, card: ServiceCard | None, *, written: bool
) -> HttpResponse:
    citizen, token = admitted(request)
    response = redirect(_destination(form, card, citizen, written=written))
    remember(response, token)
    return response


def _destination(
    form: AskForm, card: ServiceCard | None, citizen: Citizen, *, written: bool
) -> str:
    """Into the line where somebody is on duty; else the very same words become a ticket."""
    typed = form.cleaned_data
    kind = typed.get("ticket_type") or ""
    topic: Topic = typed["topic"] or operations.topic_for(typed["question"], card, kind=kind)
    asked = Asked(
        text=typed["question"],
        language=typed["language"],
        topic=topic,
        card=card,
        contact=typed["contact"],
        vulnerable=typed["vulnerable"],
        asked_as=typed["client_id"],
    )
    if not written and reach(topic, asked.language).live:
        return conversation.ask(asked=asked, citizen=citizen).consultation.get_absolute_url()
    kind = kind or operations.type_for(topic)
    ticket = operations.file_question(asked=asked, ticket_type=kind, citizen=citizen)
    return operations.case_url(ticket.case)


def _show(
    request: HttpRequest,
    form: AskForm,
    card: ServiceCard | None,
    *,
    written: bool,
    status: int = 200,
) -> HttpResponse:
    guess = form.initial.get("topic")
    reached = reach(guess, readers_language())
    context = {
        "form": form,
        "card": card,
        "mode": "ticket" if written else "live",
        "reach": reached,
        "guess": guess,
    }
    return render(request, "desk/ask.html", context, status=status)


def _card_in(request: HttpRequest) -> ServiceCard | None:
    slug = request.POST.get("card") or request.GET.get("card") or ""
    return ServiceCard.objects.published().filter(slug=slug).first()


def _fresh(request: HttpRequest, card: ServiceCard | None, *, written: bool) -> AskForm:
    q = question_in(request)
    topic: Topic | None = None
    if request.GET.get("urgent"):
        topic = Topic.objects.filter(urgent=True).first()
    elif card is not None or q:
        topic = probable_topic(q, card)
    if written:
        return FileForm.fresh(question=q, topic=topic, ticket_type=request.GET.get("type"))
    return AskForm.fresh(question=q, topic=topic)
