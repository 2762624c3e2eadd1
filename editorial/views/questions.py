"""What citizens asked and no card answered: the editors' list."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.identity import AuthenticatedRequest
from editorial.asked import AboutCard, gathered, open_questions, questions_for
from editorial.forms.settling import SettlingForm
from editorial.operations import settling
from editorial.queries import cards_of
from editorial.rates import Learned, learned
from editorial.views.cards import editors_only


@require_safe
@editors_only
def list_questions(request: AuthenticatedRequest) -> HttpResponseBase:
    """Open ones, or those that are done; of all cards of one's units, or of one."""
    done = request.GET.get("done") == "1"
    mine, still_open = questions_for(request.user), open_questions(request.user)
    card = cards_of(request.user).filter(slug=request.GET.get("card", "")).first()
    if card:
        mine, still_open = mine.filter(card=card), still_open.filter(card=card)
    settled = mine.filter(settlement__isnull=False)
    about = gathered(settled if done else still_open)
    context = {
        "card": card,
        "done": done,
        "about": about,
        "counts": {"open": still_open.count(), "done": settled.count()},
        "learned": _of_editions_in(about) if done else [],
    }
    return render(request, "editorial/questions.html", context)


def _of_editions_in(about: list[AboutCard]) -> list[Learned]:
    """How the editions fare that answer what is shown."""
    settled = (
        question.done.edition
        for each in about
        for group in each.groups
        for question in group.questions
        if question.done and question.done.edition
    )
    return learned({each.pk: each for each in settled}.values())


@require_POST
@editors_only
def settle_questions(request: AuthenticatedRequest) -> HttpResponseBase:
    """Done with some: an edition answers them, or no card shall; or not done after all."""
    form = SettlingForm(request.POST)
    if form.is_valid():
        kind, questions = form.chosen()
        if kind is None:
            settling.reopen(editor=request.user, questions=questions)
        else:
            settling.settle(editor=request.user, questions=questions, kind=kind)
        messages.success(request, _("Done."))
    return redirect(_back(request))


def _back(request: AuthenticatedRequest) -> str:
    card = cards_of(request.user).filter(slug=request.POST.get("card", "")).first()
    page = reverse("editorial:list-questions")
    query = [f"card={card.slug}"] if card else []
    query += ["done=1"] if request.POST.get("done") else []
    return f"{page}?{'&'.join(query)}" if query else page
