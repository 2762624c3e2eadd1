"""The editors' pages: what there is to do, the form, the review, the editions."""

from typing import Any

import msgspec
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.identity import AuthenticatedRequest, staff_only
from accounts.models import Role
from catalog.form.differences import Difference, differences
from catalog.importing.fields import said_of
from catalog.models import CardEdition, ServiceCard, draft_of
from editorial.asked import Group, beside_fields, open_questions
from editorial.forms.card import FilledForm
from editorial.forms.decision import DecisionForm
from editorial.forms.new import NewCardForm
from editorial.listing import listing
from editorial.operations import drafting, publishing
from editorial.operations.drafting import IncompleteError, MovedError, NoDraftError, Written
from editorial.operations.settling import changed_fields
from editorial.queries import (
    cards_of,
    counted,
    problems_of,
    standing_of,
)
from editorial.rates import learned

editors_only = staff_only(Role.EDITOR)


@require_safe
@editors_only
def list_cards(request: AuthenticatedRequest) -> HttpResponseBase:
    """The cards of one's units, by how they stand."""
    mine = cards_of(request.user)
    found = listing(mine, request.GET)
    context = {
        "listing": found,
        "stage": found.stage,
        "counts": counted(mine),
        "total": mine.count(),
        "standings": found.standings,
        "unanswered": open_questions(request.user).count(),
    }
    return render(request, "editorial/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def begin_card(request: AuthenticatedRequest) -> HttpResponseBase:
    """A card that does not exist yet."""
    form = NewCardForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        written = Written({"title": {"fa": form.cleaned_data["title"]}})
        draft = drafting.begin_card(editor=request.user, new=form.new_card(), written=written)
        return redirect("editorial:edit-card", draft.card.slug)
    return render(request, "editorial/new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def edit_card(request: AuthenticatedRequest, slug: str) -> HttpResponseBase:
    """The form. What cannot be saved stays on the page as it was typed."""
    card = _mine(request, slug)
    if request.method == "POST":
        return _save(request, card)
    return _page(request, card, _opened(card))


def _opened(card: ServiceCard) -> FilledForm:
    draft = draft_of(card)
    said: dict[str, Any] = {"version": 0}
    if draft:
        said = {
            name: getattr(draft, name) for name in ("note", "valid_from", "valid_to", "version")
        }
    return FilledForm(drafting.content_to_begin_with(card), said)


def _save(request: AuthenticatedRequest, card: ServiceCard) -> HttpResponseBase:
    data = request.POST.copy()
    more = data.get("add", "")
    rows = data.get(f"{more}-TOTAL_FORMS", "")
    if rows.isascii() and rows.isdigit():
        data[f"{more}-TOTAL_FORMS"] = str(int(rows[:4]) + 1)
    content = drafting.content_to_begin_with(card)
    filled = FilledForm(content, {}, data)
    if more:
        return _page(request, card, filled, quiet=True, added=more)
    if not filled.is_valid():
        return _page(request, card, filled, status=422)
    try:
        written = filled.written()
    except msgspec.ValidationError as fault:
        filled.card.add_error(None, said_of(fault))
        return _page(request, card, filled, status=422)
    began_from = filled.card.cleaned_data["version"]
    try:
        drafting.save_draft(editor=request.user, card=card, written=written, began_from=began_from)
    except MovedError as moved:
        return _tell_second(request, card, written, moved)
    messages.success(request, _("Saved."))
    where = "editorial:review-card" if "review" in data else "editorial:edit-card"
    return redirect(where, card.slug)


def _tell_second(
    request: AuthenticatedRequest, card: ServiceCard, written: Written, moved: MovedError
) -> HttpResponse:
    """Somebody was faster: what they saved, beside what was typed; saving again is on purpose."""
    data = request.POST.copy()
    data["version"] = str(moved.draft.version)
    filled = FilledForm(moved.draft.content, {}, data)
    theirs = differences(written.content, moved.draft.content)
    return _page(request, card, filled, status=409, moved=moved.draft, theirs=theirs)


def _page(
    request: AuthenticatedRequest,
    card: ServiceCard,
    filled: FilledForm,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    blocking = {each.field: each.message for each in problems_of(card)}
    context = {
        "card": card,
        "form": filled.card,
        "filled": filled,
        "rows": filled.rows,
        "stages": filled.stages,
        "standing": standing_of(card),
        "blocking": blocking,
        "asked": beside_fields(request.user, card),
        **more,
    }
    return render(request, "editorial/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def review_card(request: AuthenticatedRequest, slug: str) -> HttpResponseBase:
    """What is new in the draft, in words; handing it over, sending it back, letting it out."""
    card = _mine(request, slug)
    if request.method == "POST":
        return _decide(request, card)
    return _review(request, card)


def _decide(request: AuthenticatedRequest, card: ServiceCard) -> HttpResponseBase:
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _review(request, card, _("Say what has to be mended."), 422)
    said = form.cleaned_data
    given = {"editor": request.user, "card": card, "seen": said["version"]}
    try:
        match said["act"]:
            case "submit":
                drafting.submit(**given)
            case "send_back":
                drafting.send_back(**given, because=said["because"])
            case "discard":
                drafting.discard(**given)
            case "approve":
                publishing.approve(**given)
    except tuple(FAULTS) as fault:
        why, status = FAULTS[type(fault)]
        return _review(request, card, _(why), status)
    waits = said["act"] == "approve" and card.status == ServiceCard.Status.RETIRED
    messages.success(request, _(WAITS if waits else DONE[said["act"]]))
    return redirect("editorial:review-card", card.slug)


def _review(
    request: AuthenticatedRequest, card: ServiceCard, fault: str = "", status: int = 200
) -> HttpResponse:
    card = _mine(request, card.slug)
    draft, edition = draft_of(card), card.edition_in_force()
    changes = differences(edition.snapshot, draft.content) if edition and draft else []
    context = {
        "card": card,
        "draft": draft,
        "edition": edition,
        "standing": standing_of(card),
        "problems": problems_of(card) if draft else [],
        "changes": changes,
        "answers": _answers(request, card, changes),
        "own": bool(draft and draft.writers.filter(pk=request.user.pk).exists()),
        "publishes": request.user.publishes_for(card.unit),
        "content": draft.content if draft else edition.snapshot if edition else card.content,
        "fault": fault,
    }
    return render(request, "editorial/review.html", context, status=status)


def _answers(
    request: AuthenticatedRequest, card: ServiceCard, changes: list[Difference]
) -> list[Group]:
    """The open questions that are answered when a draft with these changes is published."""
    if not changes:
        return []
    changed = changed_fields(changes)
    return [each for name, each in beside_fields(request.user, card).items() if name in changed]


@require_safe
@editors_only
def show_editions(request: AuthenticatedRequest, slug: str) -> HttpResponseBase:
    """All editions of a card, and any two compared in words."""
    card = _mine(request, slug)
    editions = list(card.editions.select_related("author", "approver"))
    by_number = {str(each.number): each for each in editions}
    newer = by_number.get(request.GET.get("to", ""), editions[0] if editions else None)
    older = by_number.get(request.GET.get("from", ""), _before(editions, newer))
    context = {
        "card": card,
        "editions": editions,
        "learned": learned(editions),
        "in_force": card.edition_in_force(),
        "older": older,
        "newer": newer,
        "changes": differences(older.snapshot, newer.snapshot) if older and newer else [],
        "publishes": request.user.publishes_for(card.unit),
    }
    return render(request, "editorial/editions.html", context)


def _before(editions: list[CardEdition], one: CardEdition | None) -> CardEdition | None:
    return next((each for each in editions if one and each.number < one.number), None)


@require_POST
@editors_only
def change_standing(request: AuthenticatedRequest, slug: str) -> HttpResponseBase:
    """Retire a card, bring it back, or say that it is still right."""
    card = _mine(request, slug)
    acts = {
        "retire": publishing.retire,
        "bring_back": publishing.bring_back,
        "confirm": publishing.confirm,
    }
    if act := acts.get(request.POST.get("act", "")):
        act(editor=request.user, card=card)
        messages.success(request, _("Done."))
    return redirect("editorial:show-editions", card.slug)


def _mine(request: AuthenticatedRequest, slug: str) -> ServiceCard:
    return get_object_or_404(cards_of(request.user), slug=slug)


FAULTS: dict[type[Exception], tuple[str, int]] = {
    MovedError: (gettext_noop("It was saved again meanwhile."), 409),
    NoDraftError: (gettext_noop("The draft is published or thrown away by now."), 409),
    IncompleteError: (gettext_noop("Something is still missing."), 422),
    publishing.OwnWorkError: (
        gettext_noop("You wrote this yourself. A colleague lets it out."),
        403,
    ),
    publishing.NotInReviewError: (gettext_noop("It was not handed over yet."), 409),
}

DONE = {
    "submit": gettext_noop("Handed over for review."),
    "send_back": gettext_noop("Sent back to the writers."),
    "discard": gettext_noop("The draft is gone."),
    "approve": gettext_noop("Published."),
}
WAITS = gettext_noop("Published; nobody sees it until the card is brought back.")
