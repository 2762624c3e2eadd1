"""Who follows the feed hears what went as well as what came."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import CardEdition, ServiceCard
from catalog.operations import publish, repeat_what_is_in_force, retire

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}"


def followed() -> ET.Element:
    return ET.fromstring(Client().get("/en/catalogue.atom").content)


def test_a_retired_card_leaves_a_tombstone_for_each_of_its_entries(card: ServiceCard) -> None:
    publish(card=card)
    entries = [each.text for each in followed().iterfind(f"{ATOM}entry/{ATOM}id")]
    before = timezone.now()

    retire(card=card)

    feed = followed()
    stones = feed.findall(f"{TOMBSTONE}deleted-entry")
    assert [each.attrib["ref"] for each in stones] == entries
    assert feed.findall(f"{ATOM}entry") == []
    assert all(each.attrib["when"] >= before.isoformat(timespec="seconds")[:19] for each in stones)
    assert stones[0].findtext(f"{TOMBSTONE}comment") == "“Unpaid wages” is offered no longer."


def test_one_odd_letter_does_not_end_the_feed(card: ServiceCard) -> None:
    edition = card.editions.get()
    said = {**edition.snapshot, "title": {"fa": "x", "en": "Un\x0bpaid\ufffe"}}
    CardEdition.objects.filter(pk=edition.pk).update(snapshot=said)

    assert followed().findtext(f"{ATOM}entry/{ATOM}title") == "Unpaid"


def test_what_is_retired_twice_went_the_first_time(card: ServiceCard) -> None:
    retire(card=card)
    first = ServiceCard.objects.get().turned_at
    retire(card=card)

    assert ServiceCard.objects.get().turned_at == first


def test_a_card_brought_back_is_an_entry_again_updated_now(card: ServiceCard) -> None:
    CardEdition.objects.update(published_at=timezone.now() - timedelta(days=9))
    retire(card=card)
    card.refresh_from_db()
    repeat_what_is_in_force(card=card)

    feed = followed()
    assert feed.findall(f"{TOMBSTONE}deleted-entry") == []
    told = feed.findtext(f"{ATOM}entry/{ATOM}updated") or ""
    assert told[:10] >= (timezone.now() - timedelta(days=1)).isoformat()[:10]
    assert (feed.findtext(f"{ATOM}entry/{ATOM}published") or "") < told


def test_a_copy_from_before_the_retirement_is_not_called_unchanged(card: ServiceCard) -> None:
    known = Client().get("/catalogue.atom")
    retire(card=card)

    for header in ({"If-None-Match": known["ETag"]}, {"If-Modified-Since": known["Last-Modified"]}):
        ServiceCard.objects.update(turned_at=timezone.now() + timedelta(seconds=2))
        assert Client().get("/catalogue.atom", headers=header).status_code == 200


def test_nothing_is_said_of_a_retired_card_that_never_was_public(card: ServiceCard) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    CardEdition.objects.update(valid_from=tomorrow)
    retire(card=card)

    assert followed().findall(f"{TOMBSTONE}deleted-entry") == []
