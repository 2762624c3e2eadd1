"""Reads of the conversation, shaped for a page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q
from django.utils import timezone

from accounts.models import User
from agency.bilingual import localized_mapping
from chat.citing import Citation, citations
from chat.frames import name_of
from chat.lines import sentence
from chat.models import CannedReply, Message
from chat.page import subject_of
from chat.posts import UNFILLED
from consult.models import Consultation
from persian.jalali import TEHRAN
from trust.models import SealedOriginal


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message as a page shows it."""

    seq: int
    role: str
    mine: bool
    name: str
    at: datetime
    text: str
    day_break: bool
    delivery: str  # "", "stored" or "seen"; only under one's own.
    client_id: str = ""
    citation: Citation | None = None
    masked: list[str] = field(default_factory=list)
    sealed: list[SealedOriginal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReplyOption:
    """A canned reply with what is known filled in; `missing` names what is not."""

    shortcut: str
    title: str
    body: str
    missing: list[str]


def turns(consultation: Consultation, *, mine: str, with_originals: bool = False) -> list[Turn]:
    """The whole conversation, for a reader on the side `mine` (a role, or "" for neither).

    With `with_originals` each turn names what its masks cover, for those who may reveal it.
    """
    messages = list(Message.objects.filter(consultation=consultation).in_order())
    sealed = originals_of(messages) if with_originals else {}
    cited = citations(messages)
    answered = max((m.seq for m in messages if m.role not in (mine, "system")), default=0)
    found, day = [], None
    for message in messages:
        today = message.created_at.astimezone(TEHRAN).date()
        turn = _turn(message, mine, today != day, answered, sealed)
        found.append(replace(turn, citation=cited.get(message.seq)))
        day = today
    return found


def originals_of(messages: Iterable[Message]) -> dict[str, list[SealedOriginal]]:
    """What the masks of these messages cover, by the vault's name of each."""
    subjects = [subject_of(message)[1] for message in messages if message.masked]
    sealed = defaultdict(list)
    for each in SealedOriginal.objects.filter(subject_kind="message", subject_id__in=subjects):
        sealed[each.subject_id].append(each)
    return sealed


def _turn(
    message: Message,
    mine: str,
    day_break: bool,
    answered: int,
    sealed: dict[str, list[SealedOriginal]],
) -> Turn:
    own = message.role == mine
    line = message.role == Message.Role.SYSTEM
    return Turn(
        seq=message.seq,
        role=message.role,
        mine=own,
        name=localized_mapping(name_of(message.role, message.author)),
        at=message.created_at,
        text=sentence(message.text, message.params) if line else message.text,
        day_break=day_break,
        delivery=("seen" if message.seq < answered else "stored") if own else "",
        client_id=message.client_id,
        masked=message.masked,
        sealed=sealed.get(subject_of(message)[1], []),
    )


def last_texts(consultations: Iterable[UUID]) -> dict[UUID, Message]:
    """The newest spoken message of each, in two queries however long they are."""
    spoken = Message.objects.filter(consultation__in=list(consultations)).exclude(role="system")
    ends = spoken.order_by().values_list("consultation_id").annotate(end=Max("seq"))
    newest = Q()
    for consultation, end in ends:
        newest |= Q(consultation=consultation, seq=end)
    found = spoken.filter(newest) if newest else spoken.none()
    return {message.consultation_id: message for message in found}


def replies_for(consultation: Consultation, counsellor: User) -> list[ReplyOption]:
    """Canned replies, those of the topic first, filled in as far as is known."""
    today = timezone.localdate()
    fresh = CannedReply.objects.exclude(expires_on__lt=today)
    topics = {consultation.topic_id, None}
    ranked = sorted(fresh, key=lambda each: (each.topic_id not in topics, each.topic_id is None))
    known = {
        "agent": counsellor.first_names[
            consultation.language if consultation.language == "en" else "fa"
        ],
        "unit": consultation.topic.unit.title,
        "tracking_code": str(consultation.case),
    }
    return [_option(each, known, consultation.language) for each in ranked]


def _option(reply: CannedReply, known: dict[str, str], language: str) -> ReplyOption:
    body = reply.body_en if language == "en" and reply.body_en else reply.body_fa
    for name, value in known.items():
        body = body.replace("{" + name + "}", value)
    missing = [each.strip("{}") for each in UNFILLED.findall(body)]
    return ReplyOption(reply.shortcut, reply.title, body, missing)
