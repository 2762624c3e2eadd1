"""Keeping the index true: what publishes, retires or changes a card says so here.

One writer at a time: whoever changes the words locks the first row of the list. The entry is made
from the edition in force, never from the working copy.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from django.db import connection, models, transaction
from django.db.models import Prefetch

from agency.models import Topic
from catalog.models import CardEdition, ServiceCard
from catalog.search.documents import Document, codes, document
from catalog.search.models import SearchEntry, SearchWord
from catalog.search.terms import LONGEST, is_pair, spellings
from persian.latin import skeleton
from persian.speech import says_little

BATCH = 100
MORE = """INSERT INTO catalog_searchword (word, cards, skeleton, spelling)
    VALUES (%s, %s, %s, %s)
    ON CONFLICT (word) DO UPDATE SET cards = catalog_searchword.cards + excluded.cards"""
FEWER = "UPDATE catalog_searchword SET cards = cards - %s WHERE word = %s"
_SHORTEST = 3  # A shorter word is no use as a suggestion.


@transaction.atomic
def index_cards(cards: Iterable[ServiceCard]) -> None:
    """What these cards say has changed, or whether they are published at all."""
    numbers = sorted({each.pk for each in cards})
    list(SearchWord.objects.select_for_update().order_by("word")[:1])  # One at a time.
    gone = SearchEntry.objects.filter(pk__in=numbers)
    _discount(Counter(term for each in gone for term in terms_in(each)))
    gone.delete()
    for batch in _batches(_published().filter(pk__in=numbers).order_by("pk").iterator(BATCH)):
        _enter(batch)


def index_topic(topic: Topic) -> None:
    """The words of a topic have changed: so have those of its cards."""
    index_cards(ServiceCard.objects.filter(topics=topic))


def rebuild() -> int:
    """Throw the index away and make it again, card by card; how many are in it.

    In small transactions, so that nobody who writes has to wait; searches find what is there.
    """
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        SearchWord.objects.all().delete()
    for batch in _batches(iter(list(ServiceCard.objects.published().order_by("pk").only("pk")))):
        index_cards(batch)
    return SearchEntry.objects.count()


def terms_in(entry: SearchEntry) -> set[str]:
    return {*entry.title.split(), *entry.keywords.split(), *entry.body.split()}


def _published() -> "models.QuerySet[ServiceCard]":
    in_force = Prefetch("editions", CardEdition.objects.in_force(), to_attr="forms_in_force")
    return ServiceCard.objects.published().prefetch_related("topics", in_force)


def _enter(cards: list[ServiceCard]) -> None:
    said = [(each, _edition(each), _document(each)) for each in cards]
    SearchEntry.objects.bulk_create(_entry(*each) for each in said)
    written = {
        word: own
        for _card, _form, text in said
        for word, own in spellings(text.written)
        if len(own) <= LONGEST
    }
    _count(Counter(term for _card, _form, text in said for term in text.terms), written)


def _edition(card: ServiceCard) -> CardEdition | None:
    found: list[CardEdition] = card.forms_in_force  # type: ignore[attr-defined]
    return found[0] if found else None


def _document(card: ServiceCard) -> Document:
    edition = _edition(card)
    form = edition.snapshot if edition else card.content
    return document(form, card.topics.all(), card.keywords)


def _entry(card: ServiceCard, edition: CardEdition | None, said: Document) -> SearchEntry:
    form = edition.snapshot if edition else card.content
    return SearchEntry(
        card=card,
        edition=edition,
        unit_id=card.unit_id,
        audiences=codes(form.get("service_type")),
        life_events=codes(form.get("life_events")),
        electronic=form.get("in_person_visits") == 0,
        length=said.length,
        title=" ".join(said.title),
        keywords=" ".join(said.keywords),
        body=" ".join(said.body),
    )


def _count(terms: Counter[str], written: Mapping[str, str]) -> None:
    """So many more cards have these terms. In their order, so that nobody waits crosswise."""
    with connection.cursor() as cursor:
        cursor.executemany(MORE, [_row(each, terms[each], written) for each in sorted(terms)])


def _discount(terms: Counter[str]) -> None:
    if terms:
        with connection.cursor() as cursor:
            cursor.executemany(FEWER, [(terms[each], each) for each in sorted(terms)])
        SearchWord.objects.filter(cards__lte=0).delete()


def _row(term: str, cards: int, written: Mapping[str, str]) -> tuple[str, int, str, str]:
    """What nobody types has no skeleton: pairs, numbers, particles."""
    typed = not is_pair(term) and len(term) >= _SHORTEST and not term.isdigit()
    if not typed or says_little(term):
        return term, cards, "", ""
    return term, cards, skeleton(term) or "-", written.get(term, "")


def _batches(cards: Iterator[ServiceCard]) -> Iterator[list[ServiceCard]]:
    while batch := list(islice(cards, BATCH)):
        yield batch
