"""The index of the search: kept true by what happens to cards, and made anew from nothing."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from agency.models import Topic
from catalog.models import CardEdition, SearchEntry, SearchWord, ServiceCard
from catalog.operations import Imprint, issue, publish
from catalog.queries import find_cards
from catalog.search.indexing import index_cards, index_topic, rebuild
from catalog.search.store import store
from tests.clock import sweep_once

pytestmark = pytest.mark.django_db


def found(question: str) -> list[str]:
    return [each.card.slug for each in find_cards(question)]


def words() -> dict[str, int]:
    return dict(SearchWord.objects.values_list("word", "cards"))


def test_what_is_published_is_found_and_what_is_retired_is_not(card: ServiceCard) -> None:
    assert found("دادخواست") == [card.slug]

    ServiceCard.objects.update(status=ServiceCard.Status.RETIRED)
    index_cards([card])

    assert found("دادخواست") == []
    assert words() == {}


def test_the_working_copy_is_not_found_before_it_is_published(card: ServiceCard) -> None:
    ServiceCard.objects.update(title_fa="گذرنامه")
    index_cards([card])
    assert found("گذرنامه") == []

    publish(card=card)

    assert found("گذرنامه") == [card.slug]
    assert find_cards("گذرنامه")[0].title == "گذرنامه"


def test_the_words_of_a_topic_are_words_of_its_cards(card: ServiceCard, topic: Topic) -> None:
    assert found("چکش") == []
    topic.keywords = [*topic.keywords, "چکش"]
    topic.save()

    index_topic(topic)

    assert found("چکش") == [card.slug]


def test_an_edition_that_comes_due_by_its_date_is_found_after_that(card: ServiceCard) -> None:
    today = timezone.localdate()
    later = {"title": {"fa": "گذرنامه"}, "description": {"fa": "سفر"}}
    issue(card=card, content=later, imprint=Imprint(valid_from=today + timedelta(days=1)))
    assert found("گذرنامه") == []

    CardEdition.objects.filter(number=2).update(valid_from=today)  # Tomorrow has come.
    sweep_once()

    assert found("گذرنامه") == [card.slug]


def test_indexing_again_and_anew_changes_nothing(card: ServiceCard) -> None:
    before, entry = words(), SearchEntry.objects.values().get()

    index_cards([card, card])
    assert (words(), SearchEntry.objects.values().get()) == (before, entry)
    assert rebuild() == 1
    assert (words(), SearchEntry.objects.values().get()) == (before, entry)


def test_a_card_that_is_deleted_is_gone_from_the_database_index(card: ServiceCard) -> None:
    assert [each.card for each in store().entries({"مزد": 1.0}, 5)] == [card.pk]

    card.delete()

    assert store().entries({"مزد": 1.0}, 5) == []


def test_words_like_a_misspelt_one_come_from_the_database(card: ServiceCard) -> None:
    assert "دادخواست" in store().near(["دادخاست"], 12)["دادخاست"]
    assert store().near([], 12) == {}


@pytest.mark.parametrize("question", ['" OR *', "'; --", "a:b", "\\", "(", "NEAR(", "%_%", "\x00"])
def test_no_sign_is_a_command(card: ServiceCard, question: str) -> None:
    assert find_cards(f"مزد {question}")
    find_cards(question)


def test_the_command_makes_the_index_anew(card: ServiceCard) -> None:
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    assert found("مزد") == []

    call_command("search_cards", "--rebuild", verbosity=0)

    assert found("مزد") == [card.slug]
