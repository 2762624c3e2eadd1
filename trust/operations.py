"""Writing down who did what, sealing what was masked, showing it again, counting tries."""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone

from persian.masking import Hit, mask
from persian.text import clean_input
from trust import locks
from trust.models import Attempt, AuditEntry, SealedOriginal
from trust.vault import seal, unseal

Subject = tuple[str, str]  # Its kind and its id.

GENESIS = "0" * 64
SEAL = """INSERT INTO trust_sealedoriginal
    (id, subject_kind, subject_id, kind, masked, ciphertext, created_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s)"""


@transaction.atomic
def record(
    *,
    actor: AbstractBaseUser | None,
    action: AuditEntry.Action,
    subject: tuple[str, str],
    reason: str = "",
    address: str = "",
) -> AuditEntry:
    """Add a line to the log, sealed to the line before it.

    `subject` is (kind, id); `address` is shortened already (`trust.network`).
    """
    locks.take(locks.AUDIT)
    last = AuditEntry.objects.order_by("-pk").values_list("seal", flat=True).first()
    entry = AuditEntry(
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        action=action,
        subject_kind=subject[0],
        subject_id=subject[1],
        reason=reason[:200],
        address=address,
        previous=last or GENESIS,
    )
    entry.seal = seal_of(entry)
    entry.save(force_insert=True)
    return entry


def seal_of(entry: AuditEntry) -> str:
    """The fingerprint of a line and, through `previous`, of all before it."""
    parts = (
        entry.previous,
        entry.at.isoformat(),
        str(entry.actor_id or ""),
        entry.action,
        entry.subject_kind,
        entry.subject_id,
        entry.reason,
        entry.address,
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def first_broken_entry() -> AuditEntry | None:
    """The first line that was changed, or follows one that was taken out; None if all is whole."""
    previous = GENESIS
    for entry in AuditEntry.objects.order_by("pk").iterator():
        if entry.previous != previous or seal_of(entry) != entry.seal:
            return entry
        previous = entry.seal
    return None


def seal_originals(*, subject: Subject, hits: Iterable[Hit]) -> None:
    """Keep, encrypted, what the masks of one text cover; what must never be kept is not."""
    seal_all([(subject, hits)])


def seal_all(texts: Iterable[tuple[Subject, Iterable[Hit]]]) -> None:
    """The same for many texts at once; written plainly: every batch of messages waits for it."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    rows = [
        (_new_id(), *subject, hit.kind, hit.masked, seal(hit.raw), now)
        for subject, hits in texts
        for hit in hits
        if hit.keep == "vault"
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(SEAL, rows)


def _new_id() -> Any:
    """Of a sealed original, as the database takes it."""
    return SealedOriginal._meta.pk.get_db_prep_value(uuid.uuid4(), connection)


@transaction.atomic
def reveal(
    *, original: SealedOriginal, actor: AbstractBaseUser, reason: str, address: str = ""
) -> str:
    """The text behind a mask. That `actor` may see it is the caller's check; it leaves a trace."""
    record(
        actor=actor,
        action=AuditEntry.Action.REVEALED,
        subject=(original.subject_kind, original.subject_id),
        reason=f"{original.kind}: {mask(clean_input(reason))}",
        address=address,
    )
    return unseal(original.ciphertext)


@transaction.atomic
def take_attempt(kind: str, key: str, limit: int) -> bool:
    """Use up one of the `limit` tries that `key` has for `kind` in an hour; False if none is left.

    Counted before anything is tried, one by one for each key: a hundred at once are a hundred.
    """
    locks.take_for(kind, key)
    since = timezone.now() - timedelta(hours=1)
    used = Attempt.objects.filter(kind=kind, key=key[:80], at__gte=since)
    if used.count() >= limit:
        return False
    Attempt.objects.create(kind=kind, key=key[:80])
    return True


def give_back_attempt(kind: str, key: str) -> None:
    """It was a right one: it does not count."""
    last = Attempt.objects.filter(kind=kind, key=key[:80]).order_by("-pk").values("pk")[:1]
    Attempt.objects.filter(pk__in=list(last.values_list("pk", flat=True))).delete()


def forget_attempts() -> int:
    """Drop what no limit looks at any more; return how many."""
    old = Attempt.objects.filter(at__lt=timezone.now() - timedelta(hours=2))
    return old.delete()[0]
