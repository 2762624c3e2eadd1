"""How well cards answer, edition by edition, from what counsellors noted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from catalog.models import CardEdition
from chat.frames import FIELDS
from consult.models import NO_CARD, Consultation
from editorial.learning import Change, Rate, Said, Tally, change, tallies
from editorial.models import Settlement


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field whose open questions an edition answers: how many, and how often it failed."""

    label: str
    questions: int
    change: Change | None


@dataclass(frozen=True, slots=True)
class Learned:
    """What was said while an edition applied, and what it changed."""

    edition: CardEdition
    rate: Rate
    change: Change | None
    fields: list[FieldChange]


def learned(editions: Iterable[CardEdition]) -> list[Learned]:
    """The same for each of these editions, in two queries."""
    editions = list(editions)
    said = _said({each.card_id for each in editions})
    answers = _answers(editions)
    return [_learned(each, said[each.card_id], answers[each.pk]) for each in editions]


def _learned(edition: CardEdition, found: dict[int, Tally], answers: dict[str, int]) -> Learned:
    number = edition.number
    return Learned(
        edition,
        found.get(number, Tally()).rate,
        change(found, number),
        [
            FieldChange(_(FIELDS[name]), answers[name], change(found, number, name))
            for name in FIELDS
            if name in answers
        ],
    )


def _said(cards: set[int]) -> dict[int, dict[int, Tally]]:
    """What was said of each card, by the number of the edition that applied then."""
    noted = Consultation.objects.said_of_cards().filter(card__in=cards, card_edition__isnull=False)
    rows = (
        noted.exclude(failed_field=NO_CARD)
        .order_by()
        .values_list("card", "card_edition__number", "card_answered", "failed_field")
    )
    said = defaultdict(list)
    for card, number, answered, name, times in rows.annotate(times=Count("pk")):
        said[card].append(Said(number, answered, name, times))
    return defaultdict(dict, {card: tallies(each) for card, each in said.items()})


def _answers(editions: list[CardEdition]) -> dict[int, dict[str, int]]:
    """How many questions of which field each edition answers."""
    rows = Settlement.objects.filter(edition__in=editions).values_list(
        "edition", "consultation__failed_field"
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for edition, name, times in rows.annotate(times=Count("pk")):
        found[edition][name] = times
    return found
