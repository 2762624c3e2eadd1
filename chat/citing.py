"""What a message cites: a card, as the edition said it that was in force then.

An edition is never changed, so the answer can be read as it was given; whether another applies
today is said beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agency.bilingual import localized_mapping, readers_language
from catalog.content import passage_of
from catalog.models import CardEdition
from chat.frames import FIELDS, card_url, field_label
from chat.models import Message


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the card, in words; `cited` if it is what the message is about."""

    label: str
    text: str
    cited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The card that a message rests on, as cited, and the edition that applies today, if any."""

    title: str
    url: str
    edition: int
    day: date
    field_label: str
    description: str
    parts: list[Part]
    today: CardEdition | None

    @property
    def is_today(self) -> bool:
        return self.today is not None and self.today.number == self.edition


def citations(messages: Iterable[Message]) -> dict[int, Citation]:
    """What these messages of one conversation cite, by their sequence; one query, or none."""
    citing = [(each, each.edition) for each in messages if each.edition is not None]
    public = CardEdition.objects.published()
    today = public.in_force_of({edition.card_id for _message, edition in citing})
    return {
        message.seq: _citation(edition, message.field, today.get(edition.card_id))
        for message, edition in citing
    }


def _citation(edition: CardEdition, field: str, today: CardEdition | None) -> Citation:
    form, language = edition.snapshot, readers_language()
    return Citation(
        title=localized_mapping(form.get("title")) or edition.card.title,
        url=card_url(edition.card.slug, language),
        edition=edition.number,
        day=edition.valid_from,
        field_label=field_label(field),
        description=localized_mapping(form.get("description")),
        parts=[
            Part(field_label(each), said, each == field)
            for each in sorted(FIELDS, key=lambda each: each != field)  # What is cited first.
            if each and (said := passage_of(form, each, language))
        ],
        today=today,
    )
