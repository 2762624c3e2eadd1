"""What citizens asked and no card answered, for the editors of its unit.

The words are the first message of the conversation, as it is stored: masked. They are read there
and kept nowhere else, so they are gone when the conversation's text is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Role, User
from agency.models import Topic
from catalog.models import CardEdition, ServiceCard
from chat.frames import FIELDS
from chat.models import Message
from consult.models import NO_CARD, Consultation
from editorial.models import Settlement

SHOWN = 300  # On one page, the newest of all.
BESIDE = 60  # Beside all fields of one form.

Row = Mapping[str, Any]
Key = tuple[int | None, int | str]  # A card and its field; or no card, and the topic.


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked, and what became of it; `text` is empty once it has been removed."""

    pk: UUID
    asked_at: datetime
    text: str
    done: Settlement | None = None


@dataclass(slots=True)
class Group:
    """The questions of one field of a card, or of one topic for which there is no card."""

    label: str
    name: str  # Of the field.
    count: int
    since: datetime
    until: datetime
    questions: list[Question] = field(default_factory=list)


@dataclass(slots=True)
class AboutCard:
    """All groups of one card (None: of no card), and the edition that is in force."""

    card: ServiceCard | None
    edition: CardEdition | None
    groups: list[Group] = field(default_factory=list)

    @property
    def until(self) -> datetime:
        return max(each.until for each in self.groups)


def questions_for(editor: User) -> "QuerySet[Consultation]":
    """What no card answered, of the units in which this person is an editor; nobody else's."""
    units = list(editor.units_as(Role.EDITOR).values_list("pk", flat=True))
    no_card = Q(card=None) | Q(failed_field=NO_CARD)
    mine = Q(card__unit__in=units) & ~no_card | Q(topic__unit__in=units) & no_card
    return Consultation.objects.said_of_cards().filter(mine, card_answered=False)


def open_questions(editor: User) -> "QuerySet[Consultation]":
    return questions_for(editor).filter(settlement=None)


def gathered(questions: "QuerySet[Consultation]", most: int = SHOWN) -> list[AboutCard]:
    """Per card and field, the newest first; what matched no card per topic, at the end."""
    counted = (
        questions.order_by()
        .values("card", "topic", "failed_field")
        .annotate(times=Count("pk"), since=Min("arrived_at"), until=Max("arrived_at"))
    )
    groups: dict[Key, Group] = {}
    for row in counted:
        _add(groups, row)
    for key, question in _newest(questions, most):
        if key in groups:  # Else it was noted a moment ago.
            groups[key].questions.append(question)
    return _by_card(groups)


def _key(row: Row) -> Key:
    if row["card"] is None or row["failed_field"] == NO_CARD:
        return None, row["topic"]
    return row["card"], row["failed_field"]


def _add(groups: dict[Key, Group], row: Row) -> None:
    card, name = _key(row)
    times, since, until = row["times"], row["since"], row["until"]
    if known := groups.get((card, name)):
        known.count += times
        known.since, known.until = min(known.since, since), max(known.until, until)
        return
    label = _(FIELDS.get(str(name)) or FIELDS[""]) if card else ""
    groups[card, name] = Group(label, str(name) if card else "", times, since, until)


def _newest(questions: "QuerySet[Consultation]", most: int) -> list[tuple[Key, Question]]:
    rows = list(
        questions.order_by("-arrived_at", "pk").values(
            "pk", "card", "topic", "failed_field", "arrived_at"
        )[:most]
    )
    numbers = [row["pk"] for row in rows]
    said = Message.objects.questions().filter(consultation__in=numbers)
    texts = dict(said.values_list("consultation_id", "text"))
    done = Settlement.objects.filter(consultation__in=numbers).select_related("edition__card")
    settled = {each.pk: each for each in done}
    return [(_key(row), _question(row, texts, settled)) for row in rows]


def _question(row: Row, texts: dict[UUID, str], settled: dict[UUID, Settlement]) -> Question:
    pk = row["pk"]
    return Question(pk, row["arrived_at"], texts.get(pk, ""), settled.get(pk))


def _by_card(groups: dict[Key, Group]) -> list[AboutCard]:
    numbers = {card for card, _name in groups if card is not None}
    cards = ServiceCard.objects.in_bulk(numbers)
    editions = CardEdition.objects.in_force_of(numbers)
    topics = Topic.objects.in_bulk([name for card, name in groups if card is None])
    found: dict[int | None, AboutCard] = {}
    for (card, name), group in groups.items():
        if card is None:
            group.label = topics[int(name)].title
        about = found.setdefault(
            card, AboutCard(cards[card] if card else None, editions.get(card or 0))
        )
        about.groups.append(group)
    for about in found.values():
        about.groups.sort(key=lambda group: group.until, reverse=True)
    newest = sorted(found.values(), key=lambda about: about.until, reverse=True)
    return sorted(newest, key=lambda about: about.card is None)


def beside_fields(editor: User, card: ServiceCard) -> dict[str, Group]:
    """The open questions of one card by the field they failed at; `whole` is the card itself."""
    asked = open_questions(editor).filter(card=card).exclude(failed_field=NO_CARD)
    return {
        group.name or "whole": group for each in gathered(asked, BESIDE) for group in each.groups
    }
