"""Finding cards, and the topic that a question is probably about."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Max

from agency.models import Topic
from catalog.models import ServiceCard
from catalog.search import Document, Score, SearchIndex
from persian.folding import tokens

SHOWN = 6
FAINT = 0.35  # Of the best score: what is weaker is not worth showing.
Stamp = tuple[int, str]


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
    ranked = index_of(_stamp()).rank(question)
    worth = [each for each in ranked[:limit] if each.score >= ranked[0].score * FAINT]
    return _hits(worth)


def _hits(scores: list[Score]) -> list[CardHit]:
    cards = ServiceCard.objects.select_related("unit").in_bulk([each.card for each in scores])
    return [
        CardHit(cards[each.card], cards[each.card].description, each.score)
        for each in scores
        if each.card in cards
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


def _stamp() -> Stamp:
    """Changes whenever a published card does: one cheap query instead of a rebuilt index."""
    found = ServiceCard.objects.published().aggregate(n=Count("pk"), at=Max("updated_at"))
    return found["n"], str(found["at"])


@lru_cache(maxsize=2)
def index_of(stamp: Stamp) -> SearchIndex:
    """The index of what was published at `stamp`."""
    del stamp
    cards = ServiceCard.objects.published().prefetch_related("topics")
    return SearchIndex(_document(card) for card in cards)


def _document(card: ServiceCard) -> Document:
    words = list(card.keywords)
    for topic in card.topics.all():
        words += [topic.title_fa, *topic.keywords]
    return Document(
        card=card.pk,
        title=f"{card.title_fa} {card.title_en}",
        keywords=" ، ".join(words),
        body=f"{card.description_fa} {card.description_en}",
    )
