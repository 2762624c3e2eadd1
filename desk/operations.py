"""Everything that can happen to a ticket. One verb each; every change leaves its line."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agency.models import Topic, Unit
from agency.queries import work_calendar
from catalog.models import ServiceCard
from catalog.queries import probable_topic
from chat.ledger import tell
from chat.operations import end
from chat.posts import searchable
from consult.happenings import Happening
from consult.models import Case, Citizen, Consultation
from consult.operations import asking
from desk import rules
from desk.deadlines import promise, target
from desk.models import FollowUp, Ticket, TicketChange
from persian.masking import mask, masked
from persian.text import clean_input
from trust import locks
from trust.operations import seal_originals

Status = Ticket.Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a ticket says when it is born."""

    unit: Unit
    type: str
    subject: str
    text: str
    impact: str = Ticket.Level.LOW
    urgency: str = Ticket.Level.MEDIUM
    card: ServiceCard | None = None


@transaction.atomic
def open_ticket(
    *, case: Case, draft: Draft, consultation: Consultation | None = None, actor: User | None = None
) -> Ticket:
    """Register a promise. A consultation becomes one ticket, however often this is asked."""
    if consultation is not None:
        consultation = _locked_consultation(consultation)
        born = Ticket.objects.filter(consultation=consultation).first()
        if born is not None:
            return born
    text, hits = masked(clean_input(draft.text))
    now, priority = timezone.now(), rules.priority(impact=draft.impact, urgency=draft.urgency)
    chosen = target(ticket_type=draft.type, priority=priority)
    due = promise(at=now, chosen=chosen, calendar=work_calendar(draft.unit))
    subject = mask(clean_input(draft.subject))[:120]
    ticket = Ticket.objects.create(
        case=case,
        consultation=consultation,
        card=draft.card or case.card,
        unit=draft.unit,
        type=draft.type,
        impact=draft.impact,
        urgency=draft.urgency,
        priority=priority,
        subject=subject,
        text=text,
        folded=searchable(f"{subject} {text}"),
        created_at=now,
        first_response_due_at=due.first_response,
        resolution_due_at=due.resolution,
    )
    seal_originals(subject=("ticket", str(ticket.pk)), hits=hits)
    _note(ticket, actor, "status", after=Status.NEW)
    if consultation is not None:
        tell([Happening(consultation, "ticket")])
    return ticket


@transaction.atomic
def file_question(*, asked: asking.Asked, ticket_type: str, citizen: Citizen) -> Ticket:
    """A written question, request or complaint, with a case of its own."""
    before = asking.case_asked_before(asked=asked, citizen=citizen)
    if before is not None and (ticket := before.tickets.first()):
        return ticket
    case = asking.open_case(asked=asked, citizen=citizen)
    draft = Draft(
        unit=asked.topic.unit,
        type=ticket_type,
        subject=asking.subject_of(asked.text),
        text=asked.text,
        card=asked.card,
        urgency=Ticket.Level.HIGH if asked.topic.urgent else Ticket.Level.MEDIUM,
        impact=Ticket.Level.HIGH if asked.topic.urgent else Ticket.Level.LOW,
    )
    return open_ticket(case=case, draft=draft)


@transaction.atomic
def become_ticket(*, consultation: Consultation, actor: User | None = None) -> Ticket:
    """The conversation, or the wait for one, goes on in writing; nothing is retyped."""
    locks.take(locks.PAIRING)  # Before any row: ending it pairs whoever waits.
    ticket = open_ticket(
        case=consultation.case,
        draft=draft_from(consultation),
        consultation=consultation,
        actor=actor,
    )
    end(consultation=consultation, reason=Consultation.CloseReason.BECAME_TICKET)
    return ticket


def draft_from(consultation: Consultation) -> Draft:
    """What a conversation already says about the ticket it may become."""
    said = consultation.messages.filter(role="citizen").order_by("seq")
    texts = list(said.values_list("text", flat=True)[:20])
    return Draft(
        unit=consultation.topic.unit,
        type=type_for(consultation.topic),
        subject=consultation.case.subject,
        text="\n".join(texts),
        card=consultation.card,
    )


def topic_for(question: str, card: ServiceCard | None, *, kind: str) -> Topic:
    """What a question is about where the citizen did not say.

    A complaint about nothing in particular is not guessed into the unit that it may be about.
    """
    if kind == Ticket.Type.COMPLAINT and card is None:
        return Topic.objects.get(code=Topic.GENERAL)
    return probable_topic(question, card)


def type_for(topic: Topic) -> str:
    """The type of ticket that a question about `topic` becomes."""
    wanted = topic.default_ticket_type
    return wanted if wanted in Ticket.Type.values else Ticket.Type.REQUEST


def case_url(case: Case) -> str:
    """The citizen's page of a case."""
    return reverse("desk:show-case", args=[case.tracking_code])


def track_url(code: str) -> str:
    """Where the second answer is asked for, with the code filled in."""
    return f"{reverse('desk:track')}?{urlencode({'code': code})}" if code else reverse("desk:track")


@transaction.atomic
def add_follow_up(
    *, ticket: Ticket, text: str, author: User | None, is_public: bool, client_id: UUID
) -> FollowUp:
    """Say something on a ticket; the same `client_id` twice is the same word.

    A public word of the desk is the first answer; a citizen's answer sets a waiting ticket going.
    Raises `ValidationError` (code `ended`) on a ticket that has ended, for the citizen.
    """
    ticket = _locked(ticket)
    said = FollowUp.objects.filter(ticket=ticket, client_id=client_id).first()
    if said is not None:
        return said
    if author is None and ticket.status in {Status.CLOSED, Status.CANCELLED}:
        raise ValidationError(_("This ticket is closed. Please ask a new question."), code="ended")
    covered, hits = masked(clean_input(text))
    follow_up = FollowUp.objects.create(
        ticket=ticket, author=author, is_public=is_public, text=covered, client_id=client_id
    )
    seal_originals(subject=("follow_up", str(follow_up.pk)), hits=hits)
    if author is not None and is_public and ticket.first_responded_at is None:
        ticket.first_responded_at = follow_up.created_at
        ticket.save(update_fields=["first_responded_at"])
    if author is None and ticket.status == Status.WAITING_CITIZEN:
        _move(ticket, Status.IN_PROGRESS, None, "")
    return follow_up


@transaction.atomic
def change_status(*, ticket: Ticket, status: str, actor: User, note: str) -> None:
    """The next step of its life.

    Raises `ValidationError`: `not_next` for a step that does not follow, `reason` for a refusal
    without one, `answer` for an answer that the citizen cannot read.
    """
    ticket = _locked(ticket)
    if not rules.may_follow(ticket.status, status):
        raise ValidationError(_("This step does not follow the present one."), code="not_next")
    if status in rules.NEEDS_REASON and not note.strip():
        raise ValidationError(_("Give the reason; the citizen reads it."), code="reason")
    if status == Status.RESOLVED and not ticket.follow_ups.public().exclude(author=None).exists():
        raise ValidationError(_("Write the citizen an answer first."), code="answer")
    _move(ticket, status, actor, mask(clean_input(note)))


@transaction.atomic
def claim(*, ticket: Ticket, actor: User) -> bool:
    """Take a ticket that nobody has; two at once, and one of them gets False."""
    won = Ticket.objects.filter(pk=ticket.pk, assignee=None).update(assignee=actor)
    if won:
        _note(ticket, actor, "assignee", after=str(actor))
    return bool(won)


@transaction.atomic
def cancel(*, ticket: Ticket) -> None:
    """The citizen does not want it any more."""
    ticket = _locked(ticket)
    if not ticket.has_ended:
        _move(ticket, Status.CANCELLED, None, "")


def _locked_consultation(consultation: Consultation) -> Consultation:
    """Held until the ticket is born, so that two at once are one."""
    return Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)


def _locked(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_for_update().get(pk=ticket.pk)


def _move(ticket: Ticket, status: str, actor: User | None, note: str) -> None:
    before, ticket.status = ticket.status, status
    ticket.resolved_at = timezone.now() if status in rules.ENDED else None
    ticket.save(update_fields=["status", "resolved_at"])
    _note(ticket, actor, "status", before=before, after=status, note=note)


def _note(ticket: Ticket, actor: User | None, field: str, **change: str) -> None:
    """One line of the history; `change` holds before, after and perhaps a note."""
    change["note"] = change.get("note", "")[:400]
    TicketChange.objects.create(ticket=ticket, actor=actor, field=field, **change)
