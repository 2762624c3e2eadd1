"""The supervisor's pages: the live board, and the transcripts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.identity import AuthenticatedRequest, staff_only
from accounts.models import Role
from agency.models import Topic
from chat.queries import turns
from consult.models import Consultation
from desk.models import Ticket
from oversight.board import Board, board_of
from oversight.queries import find_transcripts, hits
from trust.models import AuditEntry
from trust.network import address_of, shortened
from trust.operations import record


def _parts(board: Board) -> dict[str, Any]:
    return {name: getattr(board, name) for name in Board.__slots__}


@require_safe
@staff_only(Role.SUPERVISOR)
def board(request: AuthenticatedRequest) -> HttpResponseBase:
    """The board as a page."""
    return render(request, "oversight/board.html", _parts(board_of(request.user)))


@require_safe
@staff_only(Role.SUPERVISOR)
def board_live(request: AuthenticatedRequest) -> HttpResponseBase:
    """The board alone, for the page that is open already."""
    return render(request, "oversight/_board.html", _parts(board_of(request.user)))


@require_safe
@staff_only(Role.SUPERVISOR)
def search(request: AuthenticatedRequest) -> HttpResponseBase:
    """Conversations by their words; finding shows a line of each, reading is one step further."""
    return render(request, "oversight/transcripts.html", _results(request))


@require_safe
@staff_only(Role.SUPERVISOR)
def read(request: AuthenticatedRequest, pk: UUID) -> HttpResponseBase:
    """One transcript. The reading is written to the log before anything is shown."""
    mine = Consultation.objects.supervised_by(request.user).distinct()
    consultation = get_object_or_404(
        mine.select_related("topic", "case", "card", "last_holder"), pk=pk
    )
    reason = _("Quality review")
    record(
        actor=request.user,
        action=AuditEntry.Action.READ_TRANSCRIPT,
        subject=("consultation", str(pk)),
        reason=reason,
        address=shortened(address_of(request)),
    )
    context = _results(request, with_pieces="q" in request.GET) | {
        "open": consultation,
        "turns": turns(consultation, mine="", with_originals=True),
        "reader_reason": reason,
        "tickets": list(Ticket.objects.filter(case=consultation.case)),
        "card": consultation.card,
        **_facts(consultation),
    }
    return render(request, "oversight/transcripts.html", context)


def _facts(consultation: Consultation) -> dict[str, Any]:
    assigned, first = consultation.assigned_at, consultation.first_reply_at
    return {
        "waited": assigned - consultation.arrived_at if assigned else None,
        "first_reply": first - assigned if first and assigned and first > assigned else None,
    }


def _results(request: AuthenticatedRequest, *, with_pieces: bool = True) -> dict[str, Any]:
    """The list, with a piece of each conversation unless it only stands beside a reading."""
    q = request.GET.get("q", "")[:200].strip()
    chosen = request.GET.get("topic", "")
    topic = Topic.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
    found = find_transcripts(request.user, q, topic)
    return {
        "q": q,
        "topic": topic,
        "topics": Topic.objects.filter(unit__in=request.user.units_as(Role.SUPERVISOR)),
        "hits": hits(found, q, with_pieces=with_pieces),
        "total": found.count(),
    }
