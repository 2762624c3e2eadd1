"""The sample catalogue, published, and the shapes that it has to fit."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from pyshacl import validate
from rdflib import Graph

from agency.models import Agency, Unit
from catalog.form.content import Content
from catalog.models import CardEdition, ServiceCard
from catalog.open_data.published import Published

OWN = Path(settings.BASE_DIR) / "catalog" / "open_data" / "own_shapes.ttl"
BESIDE = Path(settings.BASE_DIR).parent / "shared" / "cpsv-ap" / "cpsv-ap-SHACL.ttl"

Conforms = Callable[[dict[str, Any]], tuple[bool, str]]


def official() -> Path | None:
    """The shapes of the EU, where somebody has fetched them; they are not ours to keep."""
    said = os.environ.get("CPSV_AP_SHAPES", "")
    place = Path(said) if said else BESIDE
    return place if place.is_file() else None


@pytest.fixture(scope="session", params=["own", "official"])
def shapes(request: pytest.FixtureRequest) -> Graph:
    """What a graph is held against: our own shapes always, the official ones where they are."""
    place = OWN if request.param == "own" else official()
    if place is None:
        pytest.skip("The official shapes are not here: CPSV_AP_SHAPES names none.")
    return Graph().parse(place, format="turtle")


@pytest.fixture
def conforms(shapes: Graph) -> Conforms:
    """Whether a document fits the shapes, and what they say where it does not."""

    def held_against(document: dict[str, Any]) -> tuple[bool, str]:
        graph = Graph().parse(data=json.dumps(document), format="json-ld")
        fits, _, text = validate(graph, shacl_graph=shapes, inference="none", meta_shacl=False)
        return fits, text

    return held_against


@pytest.fixture
def catalogue(db: None) -> None:
    """The 34 sample cards, published."""
    call_command("load_sample", verbosity=0)


def filled(form: Content) -> Published:
    """A published card that says `form`, without a database."""
    agency = Agency(code="test", name_fa="ادارهٔ آزمون", name_en="Test office")
    unit = Unit(agency=agency, code="labour", title_fa="روابط کار", title_en="Labour")
    card = ServiceCard(slug="a-card", code="T-01", unit=unit, title_fa="خدمت", title_en="Service")
    today = timezone.localdate()
    return Published(card, CardEdition(card=card, number=1, snapshot={}, valid_from=today), form)
