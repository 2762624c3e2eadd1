"""Finding cards, and the topic that a question is probably about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from agency.bilingual import localized_mapping
from agency.models import Topic
from catalog.models import SearchEntry, ServiceCard
from catalog.search.facets import Chosen, Facet, facets, kinds
from catalog.search.finding import did_you_mean, find, heard
from catalog.search.ranking import Score
from persian.folding import tokens

SHOWN = 6
MOST = 48  # On a page of the list, found or browsed.
FAINT = 0.2  # Of the best score: what is weaker is not worth showing.


@dataclass(frozen=True, slots=True)
class CardHit:
    """A card that may answer, as published, with its description as the snippet."""

    card: ServiceCard
    form: dict[str, Any]
    score: float = 0.0
    parts: list["CardHit"] = field(default_factory=list)  # Its sub-services, where they are shown.

    @property
    def whole(self) -> ServiceCard | None:
        """The service that this is a part of, if the public may see it."""
        parent = self.card.parent
        return parent if parent and parent.status == ServiceCard.Status.PUBLISHED else None

    @property
    def title(self) -> str:
        return localized_mapping(self.form.get("title")) or self.card.title

    @property
    def snippet(self) -> str:
        return localized_mapping(self.form.get("description")) or self.card.description


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a question, what else it may have meant, and how to narrow it down."""

    hits: list[CardHit]
    heard: str = ""  # The question with the words it was taken for: what is marked in the cards.
    instead: str = ""
    facets: Sequence[Facet] = ()


def find_cards(question: str, limit: int = SHOWN) -> list[CardHit]:
    """The published cards that answer best; none for an empty question."""
    return answer(question, limit).hits


def answer(question: str, limit: int = SHOWN) -> Answer:
    """The same, with what the question may have meant instead."""
    if not tokens(question):
        return Answer([])
    found = find(question)
    worth = _worth_showing(found.scores)[:limit]
    instead = did_you_mean(question, found.understood)
    return Answer(hits_of(worth), heard(question, found.understood), instead)


def answer_among(question: str, chosen: Chosen, limit: int = MOST) -> Answer:
    """The same for the list: narrowed down to what is chosen, with what else could be."""
    found = find(question)
    worth = _worth_showing(found.scores)
    left = SearchEntry.objects.filter(chosen.condition(), pk__in=[each.card for each in worth])
    kept = set(left.values_list("pk", flat=True))
    return Answer(
        hits_of([each for each in worth if each.card in kept][:limit]),
        heard(question, found.understood),
        did_you_mean(question, found.understood),
        facets(kinds(each.card for each in worth), chosen),
    )


def slugs_for(question: str, limit: int = 10) -> list[str]:
    """The addresses of the cards that share anything with the question, best first."""
    if not tokens(question):
        return []
    numbers = [each.card for each in find(question).scores[:limit]]
    cards = ServiceCard.objects.published().filter(pk__in=numbers)
    slugs = dict(cards.values_list("pk", "slug"))
    return [slugs[each] for each in numbers if each in slugs]


def _worth_showing(scores: Sequence[Score]) -> list[Score]:
    return [each for each in scores if each.score >= scores[0].score * FAINT]


def hits_of(scores: Sequence[Score]) -> list[CardHit]:
    """The published cards among these, in this order, as their edition in force says it."""
    found = public_entries().in_bulk([each.card for each in scores])
    return [
        CardHit(entry.card, form_of(entry), each.score)
        for each in scores
        if (entry := found.get(each.card))
    ]


def public_entries() -> QuerySet[SearchEntry]:
    """What the search knows of the published cards, with all that a list shows of them."""
    entries = SearchEntry.objects.filter(card__status=ServiceCard.Status.PUBLISHED)
    return entries.select_related("card__unit", "card__parent", "edition").only(*_SHOWN)


def form_of(entry: SearchEntry) -> dict[str, Any]:
    form: dict[str, Any] = entry.edition.snapshot if entry.edition else entry.card.content
    return form


def browsed(chosen: Chosen) -> QuerySet[SearchEntry]:
    """Every published card that is left by the choice, by unit."""
    return public_entries().filter(chosen.condition()).order_by("card__unit_id", "card__code")


def wholes(entries: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    """Those that are a part of none among them: the others are shown under these."""
    return entries.exclude(card__parent__in=entries.order_by().values("card"))


def with_parts(page: Iterable[SearchEntry], among: QuerySet[SearchEntry]) -> list[CardHit]:
    """These, each with its parts among the entries and with theirs; a statement for each storey."""
    hits = {entry.card_id: CardHit(entry.card, form_of(entry)) for entry in page}
    storey = hits
    while storey:
        below = {
            entry.card_id: CardHit(entry.card, form_of(entry))
            for entry in among.filter(card__parent__in=storey)
        }
        for part in below.values():
            storey[part.card.parent_id or 0].parts.append(part)
        storey = below
    return list(hits.values())


# The working copy's form stays where it is: what is shown is the edition.
_SHOWN = (
    "edition__snapshot",
    "card__slug",
    "card__code",
    "card__sample",
    "card__status",
    "card__title_fa",
    "card__title_en",
    "card__description_fa",
    "card__description_en",
    "card__parent__slug",
    "card__parent__status",
    "card__parent__title_fa",
    "card__parent__title_en",
    "card__unit__title_fa",
    "card__unit__title_en",
)


def probable_topic(question: str, card: ServiceCard | None) -> Topic:
    """What a question is probably about, as the waiting line sees it.

    The card that was asked from decides, else the one that answers best; of its topics the one that
    the question shares most words with. A topic that no card is about is believed where the
    question names one of its keywords, and clearly more of its words. Else it is the general one.
    """
    asked = set(tokens(question))
    if card is not None:
        return _topic_of(card, asked) or _general()
    hits = find_cards(question, limit=1)
    found = _topic_of(hits[0].card, asked) if hits else None
    named = _nearest(_without_cards_named(asked), asked)
    if named and (found is None or _shared(named, asked) > _shared(found, asked) + 1):
        return named
    return found or _general()


def _topic_of(card: ServiceCard, asked: set[str]) -> Topic | None:
    """Among a card's own; else, by its words, those of its unit for its skill, none urgent."""
    if own := list(card.topics.all()):
        return _nearest(own, asked)
    its = Topic.objects.filter(unit=card.unit_id, skills=card.skill_id, urgent=False)
    return _nearest(list(its), asked | set(tokens(" ".join([card.title_fa, *card.keywords]))))


def _without_cards_named(asked: set[str]) -> list[Topic]:
    alone = Topic.objects.filter(cards=None).exclude(code=Topic.GENERAL)
    return [each for each in alone if any(_is_said(word, asked) for word in each.keywords)]


def _is_said(keyword: str, asked: set[str]) -> bool:
    words = tokens(keyword)
    return bool(words) and asked.issuperset(words)


def _nearest(topics: Sequence[Topic], asked: set[str]) -> Topic | None:
    return max(topics, key=lambda each: (_shared(each, asked), -each.pk), default=None)


def _general() -> Topic:
    return Topic.objects.get(code=Topic.GENERAL)


def _shared(topic: Topic, asked: set[str]) -> int:
    said = " ".join([topic.title_fa, topic.title_en, *topic.keywords])
    return len(asked & set(tokens(said)))
