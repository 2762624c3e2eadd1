"""What we export is CPSV-AP 3.2, and the shapes that say so really bite."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings

from catalog.form.choices import ServiceType
from catalog.form.content import Content, Duration, Fee, FeeItem, Words
from catalog.open_data.addresses import Addresses
from catalog.open_data.cpsv import card_document
from catalog.open_data.published import published_card, published_cards
from tests.catalog.forms import contents
from tests.catalog.open_data.conftest import Conforms, filled

# rdflib's reader of JSON-LD uses what rdflib itself calls old.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

AT = Addresses("https://office.example")
SERVICE = "cpsv:PublicService"
Document = dict[str, Any]


def node(document: Document, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        each
        for each in document["@graph"]
        if kind in (each["@type"] if isinstance(each["@type"], list) else [each["@type"]])
    )
    return found


SPOILT: dict[str, Callable[[Document], Any]] = {
    "no title": lambda d: node(d, SERVICE).pop("dct:title"),
    "no description": lambda d: node(d, SERVICE).pop("dct:description"),
    "no identifier": lambda d: node(d, SERVICE).pop("dct:identifier"),
    "two identifiers": lambda d: node(d, SERVICE).update({"dct:identifier": ["a", "b"]}),
    "no authority": lambda d: node(d, SERVICE).pop("cv:hasCompetentAuthority"),
    "a title without language": lambda d: node(d, SERVICE).update({"dct:title": "Plain"}),
    "a time in words": lambda d: node(d, SERVICE).update({"cv:processingTime": "20 days"}),
    "an authority nowhere": lambda d: node(d, "cv:PublicOrganisation").pop("dct:spatial"),
    "an audience unknown": lambda d: node(d, SERVICE).update(
        {"dct:audience": {"@id": "https://office.example/nowhere"}}
    ),
    "a fee as an integer": lambda d: node(d, "cv:Cost").update({"cv:hasValue": 5}),
    "a channel unnamed": lambda d: node(d, "cv:Channel").pop("dct:identifier"),
}


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_the_whole_catalogue_conforms(conforms: Conforms) -> None:
    fits, said = conforms(json.loads(Client().get("/catalogue.jsonld").content))

    assert fits, said


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_every_card_conforms_by_itself(conforms: Conforms) -> None:
    cards = published_cards()

    assert len(cards) == 34
    for card in cards[::5]:
        fits, said = conforms(card_document(card, AT))
        assert fits, said


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_a_spoilt_copy_is_refused(conforms: Conforms) -> None:
    card = published_card("labour-dispute-complaint")
    assert card is not None
    sound = card_document(card, AT)

    for name, spoil in SPOILT.items():
        spoilt = copy.deepcopy(sound)
        spoil(spoilt)
        assert not conforms(spoilt)[0], name


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(form=contents())
def test_any_form_that_may_be_published_conforms(conforms: Conforms, form: Content) -> None:
    form.title.fa = form.title.fa.strip() or "خدمت"
    form.service_type = form.service_type or [ServiceType.G2C]
    for row in (*form.documents, *form.laws):
        row.fa = f"ردیف {row.fa}"

    fits, said = conforms(card_document(filled(form), AT))

    assert fits, said


def test_times_and_fees_are_said_in_their_own_types() -> None:
    form = Content(
        duration=Duration(value=20),
        fee=Fee(items=[FeeItem(fa="الف", amount_irr=1_500_000), FeeItem(fa="ب", kind="tariff")]),  # type: ignore[arg-type]
    )

    document = card_document(filled(form), AT)
    costs = [each for each in document["@graph"] if each["@type"] == "cv:Cost"]

    assert node(document, SERVICE)["cv:processingTime"] == {
        "@type": "xsd:duration",
        "@value": "P20D",
    }
    assert [each.get("cv:hasValue") for each in costs] == [
        {"@type": "xsd:double", "@value": "1500000.0"},
        None,
    ]


def test_a_channel_says_which_stages_it_serves_and_a_neighbour_elsewhere_is_a_link() -> None:
    form = Content(related=["another"], output=Words(fa="پروانه"))
    form.channels.request.media = form.channels.delivery.media = ["web"]  # type: ignore[list-item]

    document = card_document(filled(form), AT)

    assert node(document, "cv:Channel")["irs:stage"] == ["request", "delivery"]
    said = node(document, SERVICE)
    assert said["dct:relation"] == [{"@id": "https://office.example/id/service/another"}]
    assert "cv:relatedService" not in said
