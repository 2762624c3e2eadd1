"""Finding cards: the ranking itself, and on the real sample catalogue."""

import pytest
from django.core.management import call_command

from agency.models import Topic
from catalog.models import CardEdition, ServiceCard
from catalog.operations import publish
from catalog.queries import find_cards, probable_topic
from tests.people import browser_of


@pytest.mark.django_db
def test_only_what_is_published_is_found_and_at_once(card: ServiceCard, general: Topic) -> None:
    assert [each.card for each in find_cards("مزد")] == [card]

    card.status = ServiceCard.Status.RETIRED
    card.save()
    assert find_cards("مزد") == []


@pytest.mark.django_db
def test_publishing_again_makes_the_next_edition_and_keeps_the_last(card: ServiceCard) -> None:
    first = card.edition_in_force()
    card.title_fa = "عنوان تازه"
    card.save()

    second = publish(card=card)

    assert first is not None
    assert (first.number, second.number) == (1, 2)
    assert card.edition_in_force() == second
    assert CardEdition.objects.get(number=1).snapshot["title"]["fa"] == "رسیدگی به حقوق معوقه"
    assert second.snapshot["title"]["fa"] == "عنوان تازه"


@pytest.mark.django_db
def test_the_topic_of_a_question_is_guessed(
    card: ServiceCard, topic: Topic, general: Topic
) -> None:
    assert probable_topic("حقوقمو نمیده", None) == topic
    assert probable_topic("", card) == topic
    assert probable_topic("zzzz", None) == general


@pytest.mark.django_db
def test_the_sample_catalogue_has_its_pages() -> None:
    call_command("load_sample", verbosity=0)

    browser = browser_of(None)
    cards = list(ServiceCard.objects.all())
    assert len(cards) == 34
    for card in cards:
        assert browser.get(f"/services/{card.slug}/").status_code == 200, card
    for page in ("/services/", "/en/services/", "/?q=بیمه", "/suggest/?q=بیمه", "/ask/", "/file/"):
        assert browser.get(page).status_code == 200


@pytest.mark.django_db
def test_a_card_of_which_little_is_known_is_still_a_page(card: ServiceCard) -> None:
    ServiceCard.objects.update(content={})
    publish(card=card)
    browser = browser_of(None)

    for page in (card.get_absolute_url(), "/services/", "/services/?q=مزد", "/suggest/?q=مزد"):
        assert browser.get(page).status_code == 200


@pytest.mark.django_db
def test_a_draft_is_no_page(card: ServiceCard) -> None:
    ServiceCard.objects.update(status=ServiceCard.Status.DRAFT)

    assert browser_of(None).get(card.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("unit", ["%00", "²", "a%20b", "x" * 300])
def test_a_strange_unit_is_no_accident(card: ServiceCard, unit: str) -> None:
    assert browser_of(None).get(f"/services/?unit={unit}").status_code == 200
