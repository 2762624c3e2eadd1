"""What the console shows: who owes whom, the open conversation, and its case."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from agency.models import Topic, Unit
from catalog.content import content_in_force
from catalog.queries import find_cards
from chat.forms import MessageForm, OutboxForm
from chat.lines import sentence
from chat.models import Message
from chat.queries import last_texts, replies_for, turns
from consult import clock
from consult.models import Consultation
from consult.operations.holding import LONGEST
from consult.operations.noting import suggested_outcome
from consult.queries import colleagues_for, duty_of, earlier_with, line_summary
from consult.timers import timer
from desk.forms import CloseForm, DutyForm, WrapUpForm
from desk.models import Ticket


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation in the list."""

    consultation: Consultation
    title: str
    topic: str
    last_text: str
    waited: timedelta
    level: str  # "", "warn" or "bad"
    current: bool
    wrap_up: bool = False

    @property
    def owed(self) -> bool:
        """Something is wanted of the counsellor now."""
        each = self.consultation
        waits = each.awaiting == Consultation.Awaiting.COUNSELLOR and not each.is_on_hold
        return waits and not self.wrap_up


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: list[Row]

    @property
    def count(self) -> int:
        return len(self.rows)


@dataclass(slots=True)
class DutyChoices:
    """The form for going on duty, with everything this person can do chosen already."""

    topics: list[tuple[Unit, list[Topic]]]
    chosen: set[int]
    languages: list[str]
    capacity: int
    errors: dict[str, list[str]] = field(default_factory=dict)
    form: DutyForm | None = None

    def __iter__(self) -> Any:
        """The bound fields, for the summary of errors."""
        return iter(self.form or ())

    def non_field_errors(self) -> list[str]:
        return []


def list_context(person: User, current: UUID | None = None) -> dict[str, Any]:
    """The left pane."""
    return {
        "duty": duty_of(person),
        "groups": groups_of(person, current),
        "line": line_summary(),
    }


def groups_of(person: User, current: UUID | None) -> list[Group]:
    """What is held, by who owes whom, longest wait first; then what is to be wrapped up."""
    held = list(Consultation.objects.held_by(person).select_related("topic", "case"))
    ended = list(Consultation.objects.to_wrap_up(person).select_related("topic", "case"))
    texts = last_texts([each.pk for each in (*held, *ended)])
    talking = [each for each in held if each.is_active]
    paused = [each for each in talking if each.is_on_hold]
    owing = [each for each in talking if each.awaiting == Consultation.Awaiting.CITIZEN]
    owed = [each for each in talking if each not in paused and each not in owing]
    offered = [each for each in held if each.is_offered]
    sorted_rows = [
        (_("Offered to me"), offered, False),
        (_("Waiting for my reply"), owed, False),
        (_("On hold"), paused, False),
        (_("Waiting for the citizen"), owing, False),
        (_("To wrap up"), ended, True),
    ]
    return [
        Group(title, _rows(found, texts, current, wrap_up=wrap_up))
        for title, found, wrap_up in sorted_rows
        if found
    ]


def _rows(
    found: Iterable[Consultation],
    texts: dict[UUID, Message],
    current: UUID | None,
    *,
    wrap_up: bool,
) -> list[Row]:
    now = clock.now()
    rows = []
    for each in found:
        since = each.arrived_at if each.is_offered else each.closed_at or each.awaiting_since
        rows.append(
            Row(
                consultation=each,
                title=_("Anonymous citizen"),
                topic=each.topic.title,
                last_text=_told(texts.get(each.pk)),
                waited=now - since,
                level="" if wrap_up else _level(each, now - since),
                current=each.pk == current,
                wrap_up=wrap_up,
            )
        )
    return sorted(rows, key=lambda row: row.waited, reverse=True)


def _level(each: Consultation, waited: timedelta) -> str:
    if each.is_on_hold:
        return ""
    if each.is_nudged or waited > timer("counsellor_silent_nudge"):
        return "bad"
    return "warn" if waited > timer("first_reply_target") else ""


def _told(message: Message | None) -> str:
    if message is None:
        return ""
    if message.role == Message.Role.SYSTEM:
        return sentence(message.text, message.params)
    text = message.text.replace("\n", " ")[:140] or _("a service card")
    return _("You: %(text)s") % {"text": text} if message.role == "counsellor" else text


def open_context(consultation: Consultation, person: User, query: str) -> dict[str, Any]:
    """The middle and the right pane."""
    card = consultation.card
    is_over = consultation.is_closed
    return {
        "open": consultation,
        "turns": turns(consultation, mine=Message.Role.COUNSELLOR, with_originals=True),
        "form": MessageForm.fresh(),
        "post_url": reverse("desk:post-reply", args=[consultation.pk]),
        "live_cursor": consultation.last_seq,
        "card": card,
        "content": content_in_force(card) if card else {},
        "card_query": query,
        "card_results": find_cards(query) if query else [],
        "cite_form": OutboxForm.fresh(),
        "earlier": earlier_with(consultation),
        "tickets": list(Ticket.objects.filter(case=consultation.case)),
        "replies": [] if is_over else replies_for(consultation, person),
        "close_form": CloseForm(initial={"epoch": consultation.epoch}),
        "wrap_up_form": WrapUpForm(initial={"outcome": suggested_outcome(consultation)})
        if is_over and consultation.wrapped_up_at is None
        else None,
        **strip_context(consultation),
        "hold_minutes": [2, 5, 10, 15, LONGEST],
        "hold_reasons": _hold_reasons(consultation.language),
        "colleagues": [] if is_over else colleagues_for(consultation, person),
        "more_time": not consultation.wrap_up_extended,
        "transfer_topics": list(Topic.objects.exclude(pk=consultation.topic_id)),
        "reason": _("Needed for this conversation"),
    }


def _hold_reasons(language: str) -> list[str]:
    """What is often said, in the citizen's language: the citizen reads it as it stands."""
    with override(language):
        return [_("I am looking it up"), _("I am asking a colleague")]


def strip_context(consultation: Consultation) -> dict[str, Any]:
    """What is due now: an offer that runs out, a hold, an answer that is late."""
    now, ends = clock.now(), consultation.offer_expires_at
    left = (ends - now).total_seconds() if ends else 0
    return {
        "open": consultation,
        "seconds_left": max(0, round(left)),
        "offer_seconds": round(timer("offer").total_seconds()),
        "waited": now - consultation.arrived_at,
        "silent": now - consultation.awaiting_since,
    }


def duty_choices(person: User, form: DutyForm | None = None) -> DutyChoices:
    """Every topic this person has the skills for, by unit."""
    known = Topic.objects.known_to(person.skills.all()).select_related("unit")
    by_unit: dict[int, tuple[Unit, list[Topic]]] = {}
    for topic in known.order_by("unit_id", "pk"):
        by_unit.setdefault(topic.unit_id, (topic.unit, []))[1].append(topic)
    chosen = {topic.pk for _unit, topics in by_unit.values() for topic in topics}
    languages, capacity = person.languages or ["fa"], person.capacity
    if form is not None:
        chosen = {int(pk) for pk in form["topics"].value() or [] if str(pk).isdecimal()}
        languages = list(form["languages"].value() or [])
        typed = str(form["capacity"].value() or "")
        capacity = int(typed) if typed.isdecimal() else capacity
    return DutyChoices(
        topics=list(by_unit.values()),
        chosen=chosen,
        languages=languages,
        capacity=capacity,
        errors=form.errors if form else {},  # type: ignore[arg-type]
        form=form,
    )
