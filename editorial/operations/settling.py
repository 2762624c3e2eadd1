"""Being done with questions that no card answered, and taking that back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from catalog.form.differences import Difference, differences
from catalog.models import CardEdition
from consult.models import NO_CARD, Consultation
from editorial.asked import questions_for
from editorial.models import Settlement

Kind = Settlement.Kind


@transaction.atomic
def settle(*, editor: User, questions: Iterable[UUID], kind: Settlement.Kind) -> int:
    """Done with these, as far as they are this editor's; how many. The first word stands.

    What is answered is answered by the edition of its card that is in force.
    """
    found = questions_for(editor).filter(pk__in=list(questions), settlement=None)
    asked = list(found)
    cards = {each.card_id for each in asked if each.card_id and each.failed_field != NO_CARD}
    editions = CardEdition.objects.in_force_of(cards) if kind == Kind.ANSWERED else {}
    return _keep(
        Settlement(consultation=each, kind=kind, edition=editions.get(each.card_id or 0), by=editor)
        for each in asked
    )


@transaction.atomic
def reopen(*, editor: User, questions: Iterable[UUID]) -> int:
    """Not done after all."""
    mine = questions_for(editor).filter(pk__in=list(questions))
    return Settlement.objects.filter(consultation__in=mine.values("pk")).delete()[0]


def settle_answered(*, edition: CardEdition, before: dict[str, Any], editor: User) -> int:
    """A new edition answers the open questions of the fields in which it differs; how many.

    Whether it really does, the rate before and after tells.
    """
    asked = Consultation.objects.said_of_cards().filter(
        card=edition.card,
        card_answered=False,
        failed_field__in=changed_fields(differences(before, edition.snapshot)),
        settlement=None,
    )
    return _keep(
        Settlement(consultation=each, kind=Kind.ANSWERED, edition=edition, by=editor)
        for each in asked
    )


def changed_fields(changes: Iterable[Difference]) -> set[str]:
    """The fields that differ, by the names that a counsellor chooses from."""
    changed = {each.field for each in changes}
    return changed | ({"documents"} if "needs_no_documents" in changed else set())


def _keep(settled: Iterable[Settlement]) -> int:
    return len(Settlement.objects.bulk_create(settled, ignore_conflicts=True))
