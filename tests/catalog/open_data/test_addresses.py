"""Open data on the web: names that last, caches that help, doors that are open to every site."""

import csv
import io
import json
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from catalog.models import CardEdition, ServiceCard
from catalog.operations import publish
from tests.people import browser_of

pytestmark = pytest.mark.django_db

WHOLE = ["/catalogue.jsonld", "/catalogue.csv", "/catalogue.atom"]
OF_A_CARD = [
    "/services/unpaid-wages.jsonld",
    "/services/unpaid-wages/editions/1.jsonld",
]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("url", [*WHOLE, *OF_A_CARD, *(f"/en{each}" for each in WHOLE)])
def test_it_is_open_to_every_site_and_fetched_once(card: ServiceCard, url: str) -> None:
    first = Client().get(url)
    again = Client().get(url, headers={"If-None-Match": first.headers["ETag"]})
    since = Client().get(url, headers={"If-Modified-Since": first.headers["Last-Modified"]})

    assert (first.status_code, again.status_code, since.status_code) == (200, 304, 304)
    assert again.content == b""
    for answer in (first, again):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "public" in answer.headers["Cache-Control"]
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert not answer.cookies


def test_only_open_data_is_open_to_every_site(card: ServiceCard) -> None:
    for url in ("/services/", "/services/unpaid-wages/", "/", "/track/"):
        assert "Access-Control-Allow-Origin" not in Client().get(url).headers


def test_somebody_signed_in_gets_the_same(card: ServiceCard, oscar: User) -> None:
    for url in WHOLE:
        known = browser_of(oscar).get(url)

        assert known.content == Client().get(url).content
        assert "no-store" not in known.headers["Cache-Control"]


def test_each_says_its_kind(card: ServiceCard) -> None:
    kinds = {url: Client().get(url).headers["Content-Type"] for url in [*WHOLE, *OF_A_CARD]}

    assert kinds == {
        "/catalogue.jsonld": "application/ld+json",
        "/catalogue.csv": "text/csv; charset=utf-8",
        "/catalogue.atom": "application/atom+xml; charset=utf-8",
        "/services/unpaid-wages.jsonld": "application/ld+json",
        "/services/unpaid-wages/editions/1.jsonld": "application/ld+json",
    }


def test_an_edition_more_changes_the_mark(card: ServiceCard) -> None:
    before = {url: Client().get(url).headers["ETag"] for url in WHOLE}

    publish(card=card)

    for url in WHOLE:
        assert Client().get(url, headers={"If-None-Match": before[url]}).status_code == 200


def test_a_retired_card_is_gone(card: ServiceCard) -> None:
    before = Client().get("/catalogue.csv")
    card.status = ServiceCard.Status.RETIRED
    card.save()

    assert Client().get("/services/unpaid-wages.jsonld").status_code == 404
    assert Client().get("/services/unpaid-wages/editions/1.jsonld").status_code == 404
    assert Client().get("/id/service/unpaid-wages").status_code == 404
    after = Client().get("/catalogue.csv", headers={"If-None-Match": before.headers["ETag"]})
    assert b"unpaid-wages" not in after.content


def test_what_is_being_written_stays_in_the_house(card: ServiceCard) -> None:
    card.refresh_from_db()
    card.title_fa, card.content = "عنوان تازهٔ محرمانه", {"conditions": {"fa": "هنوز محرمانه"}}
    card.save()

    for url in [*WHOLE, *OF_A_CARD]:
        answer = Client().get(url)
        assert answer.status_code == 200
        assert "محرمانه" not in answer.content.decode()


def test_an_edition_of_tomorrow_is_not_told_today(card: ServiceCard) -> None:
    edition = publish(card=card)
    card.editions.filter(number=1).update(valid_to=None)
    edition.valid_from = timezone.localdate() + timedelta(days=1)
    edition.save()

    assert Client().get("/services/unpaid-wages/editions/2.jsonld").status_code == 404
    assert b"edition/2" not in Client().get("/catalogue.atom").content
    assert b"edition/1" in Client().get("/services/unpaid-wages.jsonld").content


@pytest.mark.parametrize(
    ("name", "accepts", "leads_to"),
    [
        ("service/unpaid-wages", "text/html,*/*;q=0.8", "/services/unpaid-wages/"),
        ("service/unpaid-wages", "application/ld+json", "/services/unpaid-wages.jsonld"),
        ("service/unpaid-wages/cost/1", "*/*", "/services/unpaid-wages.jsonld"),
        (
            "service/unpaid-wages/edition/1",
            "*/*",
            "/services/unpaid-wages/editions/1.jsonld",
        ),
        ("organisation/test", "*/*", "/catalogue.jsonld"),
        ("def", "*/*", "/catalogue.jsonld"),
    ],
)
def test_a_name_leads_to_what_it_names(
    card: ServiceCard, name: str, accepts: str, leads_to: str
) -> None:
    answer = Client().get(f"/id/{name}", headers={"Accept": accepts})

    assert (answer.status_code, answer.headers["Location"]) == (303, leads_to)
    assert "Accept" in answer.headers["Vary"]


def test_names_are_the_same_in_every_language_and_whoever_asks(card: ServiceCard) -> None:
    persian = Client().get("/services/unpaid-wages.jsonld")
    english = Client().get("/en/services/unpaid-wages.jsonld", headers={"Host": "localhost"})

    assert persian.content == english.content
    assert persian.headers["Link"] == english.headers["Link"]
    assert f"{settings.ORIGINS[0]}/id/service/unpaid-wages" in persian.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "/services/nothing.jsonld",
        "/services/unpaid-wages/editions/9.jsonld",
        "/id/nothing/at-all",
        "/id/service/nothing",
        "/id/service/unpaid-wages/edition/9",
        "/id/service/../x",
    ],
)
def test_what_is_not_there_is_not_found(card: ServiceCard, url: str) -> None:
    assert Client().get(url).status_code == 404


def test_every_edition_is_an_entry_of_the_feed(card: ServiceCard) -> None:
    publish(card=card)
    feed = ET.fromstring(Client().get("/en/catalogue.atom").content)

    ids = [each.text for each in feed.iterfind(f"{ATOM}entry/{ATOM}id")]
    base = f"{settings.ORIGINS[0]}/id/service/unpaid-wages/edition"
    assert ids == [f"{base}/2", f"{base}/1"]
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "Unpaid wages"


def test_a_long_feed_leads_on_to_its_older_part(card: ServiceCard) -> None:
    first = card.editions.get()
    CardEdition.objects.bulk_create(
        CardEdition(card=card, number=number, snapshot=first.snapshot, valid_from=first.valid_from)
        for number in range(2, 103)
    )
    newest = ET.fromstring(Client().get("/catalogue.atom").content)
    older = [
        each.attrib["href"]
        for each in newest.iterfind(f"{ATOM}link")
        if each.attrib["rel"] == "next"
    ]

    assert len(newest.findall(f"{ATOM}entry")) == 100
    oldest = ET.fromstring(Client().get(older[0].removeprefix(settings.ORIGINS[0])).content)
    assert len(oldest.findall(f"{ATOM}entry")) == 2
    assert Client().get("/catalogue.atom?page=۲&x=" + "9" * 50).status_code == 200


@pytest.mark.parametrize("cell", ["=1+1", "+9", "-2", "@x", "\t=1", " =1", "'=1", "\u200f=1"])
def test_no_cell_of_the_table_is_a_formula(card: ServiceCard, cell: str) -> None:
    edition = card.editions.get()
    edition.snapshot = {**edition.snapshot, "title": {"fa": cell, "en": f'x",{cell}'}}
    edition.save()
    body = Client().get("/catalogue.csv").content.decode()
    (row,) = csv.DictReader(io.StringIO(body.removeprefix("\ufeff"), newline=""))

    assert body.startswith("\ufeffcode,")
    assert row["title_fa"] == f"'{cell}"
    assert row["title_en"] == f'x",{cell}'


@pytest.mark.usefixtures("catalogue")
def test_the_number_of_statements_does_not_grow_with_the_cards() -> None:
    for url in WHOLE:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert Client().get(url).status_code == 200
        assert len(asked) <= 14, url


def test_a_card_page_says_it_to_machines_and_cannot_be_broken_out_of(card: ServiceCard) -> None:
    edition = card.editions.get()
    wicked = "</script><script src=x>&<!--"
    edition.snapshot = {**edition.snapshot, "title": {"fa": wicked, "en": ""}}
    edition.save()

    page = Client().get("/services/unpaid-wages/").content.decode()
    block = page.split('type="application/ld+json" nonce=')[1].split(">", 1)[1]
    said = json.loads(block.split("</script>")[0])

    assert wicked not in page
    assert said["name"] == wicked
    assert said["@type"] == "GovernmentService"
    assert said["@id"] == f"{settings.ORIGINS[0]}/id/service/unpaid-wages"
    assert '<link rel="alternate" type="application/ld+json"' in page
    assert said["offers"] == [{"@type": "Offer", "price": "0", "priceCurrency": "IRR"}]


def test_the_block_speaks_the_language_of_the_page(card: ServiceCard) -> None:
    page = Client().get("/en/services/unpaid-wages/").content.decode()

    assert '"name": "Unpaid wages"' in page
    assert '"inLanguage": "en"' in page


def test_an_edition_from_before_the_form_hurts_nobody(card: ServiceCard) -> None:
    edition = card.editions.get()
    edition.snapshot = {"steps": "none"}
    edition.save()

    assert b"unpaid-wages" not in Client().get("/catalogue.jsonld").content
    assert Client().get("/services/unpaid-wages.jsonld").status_code == 404


def test_the_list_tells_where_its_data_is(card: ServiceCard) -> None:
    page = Client().get("/en/services/").content.decode()

    for path in WHOLE:
        assert page.count(f'href="/en{path}"') == 2
