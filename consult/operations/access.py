"""How a citizen without an account is let in: a token in their browser, or code and factor.

The token is random, only its digest is stored, and it opens nothing by itself: what it may open
is a row of `Access` that runs out and can be revoked.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from consult.models import Access, Case, Citizen, Consultation
from persian.digits import latin_digits
from persian.tracking import normal_pin, parse_tracking
from trust.models import AuditEntry
from trust.operations import give_back_attempt, record, take_attempt
from trust.vault import seal, unseal

ASKED_HERE = timedelta(hours=24)
OPENED_WITH_CODE = timedelta(minutes=30)
VISIT_ENDS = timedelta(minutes=30)  # After the end of the talk, or the filing of a question.
STEP = timedelta(minutes=1)  # How often "seen just now" is written down.


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A citizen made just now, and the token their browser keeps."""

    citizen: Citizen
    token: str


def admit() -> Newcomer:
    """Make a citizen for a browser that has none."""
    token = secrets.token_urlsafe(32)
    return Newcomer(Citizen.objects.create(digest=digest(token)), token)


def recognise(token: str) -> Citizen | None:
    """Whose token this is; None when nobody's or revoked. Notes the visit, once a minute."""
    citizen = Citizen.objects.filter(digest=digest(token), revoked_at=None).first()
    if citizen is not None and timezone.now() - citizen.seen_at > STEP:
        note_presence([citizen.pk])
    return citizen


def recognise_all(tokens: Iterable[str]) -> dict[str, Citizen]:
    """Whose each of these is; nobody's and revoked ones are left out. Notes nothing."""
    digests = {digest(token): token for token in tokens}
    known = Citizen.objects.filter(digest__in=digests, revoked_at=None)
    return {digests[citizen.digest]: citizen for citizen in known}


def open_cases(citizens: Iterable[int]) -> dict[int, tuple[UUID, ...]]:
    """What each of these citizens may open just now."""
    found: dict[int, tuple[UUID, ...]] = {}
    mine = Access.objects.live().filter(citizen__in=list(citizens))
    for citizen, case in mine.values_list("citizen", "case"):
        found[citizen] = (*found.get(citizen, ()), case)
    return found


def note_presence(citizens: Iterable[int]) -> None:
    """They are here: what they may open stays open to them, and their place in line is kept."""
    now, here = timezone.now(), list(citizens)
    Citizen.objects.filter(pk__in=here).update(seen_at=now)
    mine = Access.objects.live().filter(citizen__in=here)
    _note_seen(Consultation.objects.open().filter(case__in=mine.values("case")), now)
    mine.filter(asked_here=True).update(expires_at=now + ASKED_HERE)
    mine.filter(asked_here=False).update(expires_at=now + OPENED_WITH_CODE)


@transaction.atomic
def _note_seen(consultations: QuerySet[Consultation], now: datetime) -> None:
    """Locked in the order of their ids, as the ledger does, so that nobody waits crosswise."""
    locked = consultations.select_for_update().order_by("pk").values_list("pk", flat=True)
    Consultation.objects.filter(pk__in=list(locked)).update(citizen_seen_at=now)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def grant_to_asker(*, citizen: Citizen, case: Case, pin: str) -> Access:
    """The browser in which the question was asked; only here the PIN can be read again."""
    return Access.objects.create(
        citizen=citizen,
        case=case,
        asked_here=True,
        sealed_pin=seal(pin),
        expires_at=timezone.now() + ASKED_HERE,
    )


def readable_pin(*, citizen: Citizen, case: Case) -> str:
    """The PIN, in the visit in which the question was asked; else empty."""
    if visit_is_over(case):
        return ""
    access = Access.objects.live().filter(citizen=citizen, case=case).first()
    return unseal(access.sealed_pin) if access and access.sealed_pin else ""


def visit_is_over(case: Case) -> bool:
    """Half an hour after the talk has ended or, where there was none, the question was filed."""
    ends = [each.closed_at for each in case.consultations.all()] or [case.created_at]
    return all(end is not None and timezone.now() - end > VISIT_ENDS for end in ends)


def grant_to_repeater(*, citizen: Citizen, case: Case) -> bool:
    """The same form came twice: the second browser token opens what the first one does.

    False where the first opens nothing any more: it ran out, or was revoked.
    """
    first = Access.objects.live().filter(case=case, asked_here=True).first()
    if first is None:
        return False
    Access.objects.get_or_create(
        citizen=citizen,
        case=case,
        defaults={
            "asked_here": True,
            "sealed_pin": first.sealed_pin,
            "expires_at": first.expires_at,
        },
    )
    return True


def forget_pins() -> None:
    """Where the visit is over, the PIN is readable nowhere any more."""
    now = timezone.now()
    long_ended = Q(case__consultations__closed_at__lt=now - VISIT_ENDS)
    written = Q(case__consultations=None, case__created_at__lt=now - VISIT_ENDS)
    sealed = Access.objects.filter(sealed_pin__isnull=False)
    over = sealed.filter(Q(expires_at__lt=now) | long_ended | written).values_list("pk", flat=True)
    Access.objects.filter(pk__in=list(over)).update(sealed_pin=None)


@transaction.atomic
def revoke(*, case: Case) -> None:
    """Close a case to every browser; code and factor open it again."""
    Access.objects.filter(case=case, revoked_at=None).update(revoked_at=timezone.now())


def case_behind(*, code: str, factor: str, address: str) -> Case:
    """The case that `code` and `factor` open together.

    One neutral `ValidationError` (code `wrong`) for an unknown code and a wrong factor, and the
    same work for both; `slow_down` after too many wrong tries for the code or the address.
    """
    number = parse_tracking(code) or latin_digits(code.strip())[:12]
    _take_attempts(number, address)
    case = Case.objects.filter(tracking_code=number).first()
    if not _fits(case, factor):
        raise ValidationError(
            _("This code and this second answer do not belong together."), code="wrong"
        )
    assert case is not None
    give_back_attempt("code", number)
    give_back_attempt("code_address", address)
    return case


@transaction.atomic
def let_in(*, citizen: Citizen, case: Case) -> None:
    """Let this browser into a case that it named with code and factor, for half an hour."""
    Access.objects.update_or_create(
        citizen=citizen,
        case=case,
        defaults={"expires_at": timezone.now() + OPENED_WITH_CODE, "revoked_at": None},
    )
    record(actor=None, action=AuditEntry.Action.RESUMED, subject=("case", str(case.pk)))


def _take_attempts(number: str, address: str) -> None:
    limits = settings.LIMITS
    if not take_attempt("code", number, limits["tries_per_code_an_hour"]) or not take_attempt(
        "code_address", address, limits["tries_per_address_an_hour"]
    ):
        raise ValidationError(
            _("Too many wrong tries. Please wait an hour, or phone us."), code="slow_down"
        )


def _fits(case: Case | None, factor: str) -> bool:
    """Whether `factor` is the PIN, the mobile's last four digits or the e-mail; in equal time."""
    digits = latin_digits(factor.strip())
    pairs = [
        (normal_pin(factor), case.pin_hash if case else ""),
        (digits, case.mobile_hash if case else ""),
        (digits.lower(), case.email_hash if case else ""),
    ]
    checked = [check_password(typed, stored or _decoy()) for typed, stored in pairs]
    return any(checked)


def _decoy() -> str:
    """A hash that nothing fits, so that a missing factor costs the same time."""
    if not _DECOYS:
        _DECOYS.append(make_password(secrets.token_urlsafe(16)))
    return _DECOYS[0]


_DECOYS: list[str] = []
