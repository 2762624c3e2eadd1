"""Finding cards, and the topic that a question is probably about."""

from dataclasses import dataclass

from agency.models import Topic
from catalog.models import ServiceCard
from catalog.search.finding import find
from catalog.search.ranking import Score
from persian.folding import tokens

SHOWN = 6
FAINT = 0.35  # Of the best score: what is weaker is not worth showing.


@dataclass(frozen=True, slots=True)
class CardHit:
    """A card that may answer, with its description as the snippet."""

    card: ServiceCard
    snippet: str
    score: float


def find_cards(question: str, limit: int = SHOWN) -> list[CardHit]:
    """The published cards that answer best; none for an empty question."""
    if not tokens(question):
        return []
    ranked = find(question).scores
    worth = [each for each in ranked[:limit] if each.score >= ranked[0].score * FAINT]
    return _hits(worth)


def _hits(scores: list[Score]) -> list[CardHit]:
    cards = ServiceCard.objects.published().select_related("unit")
    found = cards.in_bulk([each.card for each in scores])
    return [
        CardHit(found[each.card], found[each.card].description, each.score)
        for each in scores
        if each.card in found
    ]


def probable_topic(question: str, card: ServiceCard | None) -> Topic:
    """The topic whose keywords the question shares most; the card's first, else the general one."""
    if card is None and (hits := find_cards(question, limit=1)):
        card = hits[0].card
    topics = list(card.topics.all()) if card else []
    asked = set(tokens(question))
    if topics:
        return max(topics, key=lambda each: (len(asked & _words_of(each)), -each.pk))
    return Topic.objects.get(code=Topic.GENERAL)


def _words_of(topic: Topic) -> set[str]:
    said = " ".join([topic.title_fa, topic.title_en, *topic.keywords])
    return set(tokens(said))
