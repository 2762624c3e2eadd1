"""The log of who did what: sealed line to line, and refusing to be changed."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from persian.masking import masked
from trust.models import Attempt, AuditEntry, SealedOriginal
from trust.network import shortened
from trust.operations import (
    GENESIS,
    first_broken_entry,
    forget_attempts,
    give_back_attempt,
    record,
    reveal,
    seal_originals,
    take_attempt,
)
from trust.vault import unseal

pytestmark = pytest.mark.django_db

READ = AuditEntry.Action.READ_TRANSCRIPT
IDENTITY = "0013542419"


def lines(oscar: User, count: int = 3) -> list[AuditEntry]:
    return [
        record(actor=oscar, action=READ, subject=("consultation", str(n)), reason="quality")
        for n in range(count)
    ]


def test_every_line_is_sealed_to_the_line_before(oscar: User) -> None:
    first, second, third = lines(oscar)

    assert first.previous == GENESIS
    assert (second.previous, third.previous) == (first.seal, second.seal)
    assert first_broken_entry() is None


def test_an_empty_log_is_whole() -> None:
    assert first_broken_entry() is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reason", "nothing happened"),
        ("subject_id", "7"),
        ("action", "changed"),
        ("actor_id", None),
        ("address", "203.0.113.0/24"),
        ("at", timezone.now() - timedelta(days=1)),
        ("seal", "0" * 64),
        ("previous", "1" * 64),
    ],
)
def test_a_line_that_was_changed_behind_our_back_is_found(
    oscar: User, unguarded: None, column: str, value: object
) -> None:
    second = lines(oscar)[1]

    AuditEntry.objects.filter(pk=second.pk).update(**{column: value})

    found = first_broken_entry()
    assert found is not None
    assert found.pk == second.pk


def test_a_line_that_was_taken_out_is_found(oscar: User, unguarded: None) -> None:
    _first, second, third = lines(oscar)

    AuditEntry.objects.filter(pk=second.pk).delete()

    assert first_broken_entry() == third
    with pytest.raises((CommandError, SystemExit)):
        call_command("verify_audit")


def test_the_database_refuses_to_change_a_line(oscar: User) -> None:
    lines(oscar)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(reason="nothing happened")

    assert first_broken_entry() is None
    call_command("verify_audit")


def test_postgresql_refuses_to_take_one_out(oscar: User) -> None:
    lines(oscar)

    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            AuditEntry.objects.all().delete()
    assert AuditEntry.objects.count() == 3


def test_what_is_revealed_leaves_a_line_with_its_reason(oscar: User) -> None:
    seal_originals(subject=("message", "m/1"), hits=masked(f"کد ملی {IDENTITY}")[1])
    original = SealedOriginal.objects.get()

    assert reveal(original=original, actor=oscar, reason="to call back") == IDENTITY

    line = AuditEntry.objects.get()
    assert (line.actor, line.action, line.subject_id) == (oscar, "revealed", "m/1")
    assert line.reason == "national_id: to call back"


def test_a_very_long_reason_is_kept_short(oscar: User) -> None:
    assert len(record(actor=oscar, action=READ, subject=("x", "1"), reason="r" * 999).reason) == 200
    assert first_broken_entry() is None


def test_the_vault_keeps_ciphertext_and_what_must_never_be_kept_not_at_all() -> None:
    _covered, hits = masked(f"کد ملی {IDENTITY} و کارت 6037991234567893 و رمز 845123")
    seal_originals(subject=("message", "m/1"), hits=hits)

    assert [unseal(each.ciphertext) for each in SealedOriginal.objects.all()] == [IDENTITY]
    assert IDENTITY.encode() not in bytes(SealedOriginal.objects.get().ciphertext)


def test_tries_are_counted_for_an_hour_by_kind_and_key() -> None:
    assert [take_attempt("code", "x" * 100, 3) for _ in range(4)] == [True, True, True, False]
    Attempt.objects.create(kind="code", key="old", at=timezone.now() - timedelta(hours=3))

    assert take_attempt("code", "y", 1)
    assert take_attempt("ask", "x" * 100, 1)
    assert take_attempt("code", "old", 1)


def test_a_right_try_is_given_back() -> None:
    assert take_attempt("code", "x", 1)
    give_back_attempt("code", "x")

    assert take_attempt("code", "x", 1)


def test_what_no_limit_looks_at_is_forgotten() -> None:
    Attempt.objects.create(kind="code", key="old", at=timezone.now() - timedelta(hours=3))

    assert forget_attempts() == 1


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("not an address", ""),
        ("", ""),
    ],
)
def test_only_a_part_of_an_address_is_written_down(address: str, kept: str) -> None:
    assert shortened(address) == kept


@pytest.fixture
def unguarded(db: None) -> None:
    """As an intruder with the rights of the database's owner leaves it; undone with the test."""
    on = " ON trust_auditentry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_append_only{on}")
