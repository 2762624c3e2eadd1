"""Opening a case, and asking for a counsellor."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.crypto import salted_hmac

from agency.models import Topic
from catalog.models import ServiceCard
from consult import clock
from consult.models import Case, Citizen, Consultation
from consult.operations import access
from consult.operations.announcing import announce_line
from persian.digits import latin_digits
from persian.identifiers import mobile_e164
from persian.masking import mask
from persian.tracking import new_pin, new_tracking_code
from trust import locks

RETURNING = timedelta(hours=24)
DOUBLE_CLICK = timedelta(minutes=10)  # How long the same form is taken for the same question.
SUBJECT_LENGTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the citizen brings. Neither text nor contact is stored as it is: masked, and hashed."""

    text: str
    language: str
    topic: Topic
    card: ServiceCard | None = None
    contact: str = ""
    vulnerable: bool = False
    asked_as: UUID = field(default_factory=uuid4)


@transaction.atomic
def open_case(*, asked: Asked, citizen: Citizen) -> Case:
    """A new case with its tracking code and PIN; this citizen's browser may open it."""
    pin = new_pin()
    case = Case.objects.create(
        tracking_code=_unused_code(),
        subject=subject_of(mask(asked.text)),
        card=asked.card,
        language=asked.language,
        asked_as=_unused_name(asked),
        asked_digest=_digest(asked),
        pin_hash=make_password(pin),
        **_factors(asked.contact),
    )
    access.grant_to_asker(citizen=citizen, case=case, pin=pin)
    return case


@transaction.atomic
def case_asked_before(*, asked: Asked, citizen: Citizen) -> Case | None:
    """The case that this very form opened a moment ago: a double click, a repeated request.

    Whoever sends the form's random name and the same words again is the one who sent them first,
    even when the answer with their token never arrived. Other words are another question.
    """
    locks.take(asked.asked_as.int % 2**63)  # Two at once: the second finds what the first made.
    case = Case.objects.filter(
        asked_as=asked.asked_as,
        asked_digest=_digest(asked),
        created_at__gte=clock.now() - DOUBLE_CLICK,
    ).first()
    if case is None or not access.grant_to_repeater(citizen=citizen, case=case):
        return None
    return case


@transaction.atomic
def request_consultation(*, case: Case, asked: Asked, citizen: Citizen) -> Consultation:
    """Into the line. Pairing is the caller's next step, in the same transaction."""
    now = clock.now()
    consultation = Consultation.objects.create(
        case=case,
        arrived_at=now,
        awaiting_since=now,
        citizen_seen_at=now,
        topic=asked.topic,
        card=asked.card,
        language=asked.language,
        priority=_priority(asked),
        preferred_id=_last_counsellor(citizen),
    )
    announce_line()
    return consultation


def subject_of(text: str) -> str:
    """The first sentence, short enough for a list."""
    first = re.split(r"[\n.!?؟]", text.strip(), maxsplit=1)[0].strip() or text.strip()
    return first if len(first) <= SUBJECT_LENGTH else first[: SUBJECT_LENGTH - 1].rstrip() + "…"


def _unused_code() -> str:
    while True:
        code = new_tracking_code()
        if not Case.objects.filter(tracking_code=code).exists():
            return code


def _unused_name(asked: Asked) -> UUID:
    """The form's, unless another question came with it: somebody went back and wrote anew."""
    return uuid4() if Case.objects.filter(asked_as=asked.asked_as).exists() else asked.asked_as


def _digest(asked: Asked) -> str:
    """Of the question, keyed: it says whether two are the same, and nothing else."""
    return salted_hmac("rayzan.asked", asked.text, algorithm="sha256").hexdigest()


def _factors(contact: str) -> dict[str, str]:
    """The second factors that a contact gives, hashed: a mobile's last four digits, an e-mail."""
    typed = latin_digits(contact.strip())
    if mobile := mobile_e164(typed):
        return {"mobile_hash": make_password(mobile[-4:])}
    return {"email_hash": make_password(typed.lower())} if "@" in typed else {}


def _priority(asked: Asked) -> Consultation.Priority:
    if asked.topic.urgent:
        return Consultation.Priority.SAFETY
    return Consultation.Priority.VULNERABLE if asked.vulnerable else Consultation.Priority.NORMAL


def _last_counsellor(citizen: Citizen) -> int | None:
    """Who last talked to this citizen, within a day."""
    recent = Consultation.objects.filter(
        case__accesses__citizen=citizen,
        last_holder__isnull=False,
        assigned_at__gte=clock.now() - RETURNING,
    )
    return recent.order_by("-assigned_at").values_list("last_holder", flat=True).first()
