"""The cards that a counsellor is offered while answering, and what can be sent of each."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.content import passage_of
from catalog.models import ServiceCard
from catalog.queries import CardHit, find_cards, form_of, public_entries
from chat.frames import FIELDS
from chat.models import Message
from consult.models import Consultation

OFFERED = 8


@dataclass(frozen=True, slots=True)
class Part:
    """The whole card (no `field`), or one field of it, with what the citizen would read."""

    field: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One card, and its parts in the order of their keys."""

    card: ServiceCard
    title: str
    parts: list[Part]


def cards_for(consultation: Consultation, query: str) -> list[Offer]:
    """What answers the words; before a word is typed, what this conversation is probably about."""
    hits = find_cards(query, OFFERED) if query else _suggested(consultation)
    return [Offer(hit.card, hit.title, _parts(hit, consultation.language)) for hit in hits]


def _suggested(consultation: Consultation) -> list[CardHit]:
    """The card in use, then those of the topic, then what the question itself finds."""
    in_use_or_near = Q(card=consultation.card_id) | Q(card__topics=consultation.topic_id)
    known = public_entries().filter(in_use_or_near).distinct()
    near = sorted(known, key=lambda each: (each.pk != consultation.card_id, each.card.code))
    hits = [CardHit(each.card, form_of(each)) for each in near[:OFFERED]]
    asked = Message.objects.questions().filter(consultation=consultation)
    if len(hits) < OFFERED and (question := asked.values_list("text", flat=True).first()):
        shown = {hit.card.pk for hit in hits}
        hits += [each for each in find_cards(question) if each.card.pk not in shown]
    return hits[:OFFERED]


def _parts(hit: CardHit, language: str) -> list[Part]:
    parts = [Part(each, _(FIELDS[each]), passage_of(hit.form, each, language)) for each in FIELDS]
    return [part for part in parts if part.text or not part.field]
