"""Our own format comes back as it went, whatever the forms say."""

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.conf import settings as house
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agency.models import Skill, Topic, Unit
from catalog.form.content import Content, plain
from catalog.importing.operation import export_cards
from catalog.importing.own import record_of, schema
from catalog.models import ServiceCard
from catalog.operations import publish
from tests.catalog.forms import contents
from tests.catalog.importing.conftest import TakingIn

pytestmark = pytest.mark.django_db

SAMPLE = Path(house.BASE_DIR) / "catalog" / "sample" / "services.json"
SCHEMA = Path(house.BASE_DIR) / "docs" / "cards.schema.json"
OF_THIS_HOUSE = ("status", "edition")  # Said, and not taken over.


def exported(*, published: bool = False) -> list[dict[str, Any]]:
    written = io.StringIO()
    export_cards(to=written, published=published)
    found: list[dict[str, Any]] = json.loads(written.getvalue())["services"]
    return found


def said(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the records say of the cards themselves."""
    return [
        {name: value for name, value in each.items() if name not in OF_THIS_HOUSE}
        for each in records
    ]


def document(records: list[dict[str, Any]]) -> str:
    return json.dumps({"services": records})


def test_the_sample_catalogue_goes_and_comes_back(take_in: TakingIn) -> None:
    call_command("load_sample", verbosity=0)
    before = exported()
    assert len(before) == 34

    again = take_in(document(before), kind="json", mapping=None)
    assert (again.unchanged, again.refused) == (34, [])
    ServiceCard.objects.all().delete()
    afresh = take_in(document(before), kind="json", mapping=None)

    assert (afresh.created, afresh.refused) == (34, [])
    assert said(exported()) == said(before)
    assert {each["status"] for each in exported()} == {"draft"}


def test_the_sample_file_itself_is_taken_in_without_loss(take_in: TakingIn) -> None:
    call_command("load_sample", verbosity=0)
    ServiceCard.objects.all().delete()

    report = take_in(SAMPLE.read_text(), kind="json", mapping=None)

    assert (report.created, report.refused) == (34, [])
    kept = {each["slug"]: each for each in exported()}
    for original in json.loads(SAMPLE.read_text())["services"]:
        assert missing(original, kept[original["slug"]]) in ([], ["sample_code"]), original["slug"]
        assert kept[original["slug"]]["code"] == original["sample_code"]


def missing(original: Any, kept: Any, place: str = "") -> list[str]:
    """What the original says and the kept one does not say the same."""
    if isinstance(original, dict) and isinstance(kept, dict):
        return [
            found
            for name, value in original.items()
            if value is not None and name not in OF_THIS_HOUSE
            for found in missing(value, kept.get(name), f"{place}.{name}".lstrip("."))
        ]
    if isinstance(original, list) and isinstance(kept, list) and len(original) == len(kept):
        pairs = zip(original, kept, strict=True)
        return [found for one, two in pairs for found in missing(one, two, f"{place}[]")]
    return [] if original == kept else [place]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(form=contents(), words=st.lists(st.sampled_from(["مزد", "حقوق"]), max_size=2))
def test_any_form_goes_and_comes_back(
    take_in: TakingIn, labour: Unit, skill: Skill, form: Content, words: list[str]
) -> None:
    form.title.fa = form.title.fa.strip() or "خدمت"
    form.parent = None  # Would have to exist.
    with transaction.atomic():
        ServiceCard.objects.create(
            slug="a-card",
            code="T-1",
            unit=labour,
            skill=skill,
            title_fa=form.title.fa,
            title_en=form.title.en,
            description_fa=form.description.fa,
            description_en=form.description.en,
            keywords=words or [*form.keywords.fa, *form.keywords.en],
            content=plain(form),
        )
        before = exported()
        ServiceCard.objects.all().delete()

        report = take_in(document(before), kind="json", mapping=None)

        assert report.refused == []
        assert exported() == before
        assert take_in(document(before), kind="json", mapping=None).unchanged == 1
        ServiceCard.objects.all().delete()


def test_published_cards_go_out_as_their_editions_say(card: ServiceCard, topic: Topic) -> None:
    card.refresh_from_db()
    card.description_fa = "هنوز نوشته می‌شود"
    card.save()
    ServiceCard.objects.create(
        slug="draft", code="T-02", unit=card.unit, skill=card.skill, title_fa="پیش‌نویس"
    )

    (record,) = exported(published=True)

    assert record["description"]["fa"] == "کارگری که مزدش را نگرفته است دادخواست می‌دهد."
    assert (record["edition"], record["topics"]) == (1, ["wages"])
    assert [each["slug"] for each in exported()] == ["unpaid-wages", "draft"]


def test_a_published_card_keeps_its_unit_and_its_edition(
    take_in: TakingIn, card: ServiceCard, welfare: Unit
) -> None:
    record = record_of(card) | {"unit": "welfare", "description": {"fa": "شرح تازه", "en": ""}}

    report = take_in(document([record]), kind="json", mapping=None)

    card.refresh_from_db()
    assert (report.changed, card.unit.code) == (1, "labour")
    assert card.editions.count() == 1
    assert card.status == ServiceCard.Status.PUBLISHED


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"colour": "red"}, "colour"),
        ({"steps": [{"order": 1, "fa": "ثبت", "colour": "red"}]}, "steps[0].colour"),
        ({"steps": [{"order": 1, "fa": "ثبت", "actor": "nobody"}]}, "steps[0].actor"),
        ({"system_name": {"fa": 7}}, "system_name.fa"),
        ({"contact": {"phone": "9" * 301}}, "300"),
        ({"slug": "نشانی"}, "slug"),
        ({"slug": None}, "slug"),
        ({"national_id": "12"}, "national_id"),
        ({"title": {"fa": " "}}, "عنوان"),
        ({"topics": ["nothing"]}, "nothing"),
        ({"steps": [{"order": 1, "fa": "ثبت\x0b"}]}, "نویسه"),
        ({"title": {"fa": "ثبت\x0c"}}, "نویسه"),
        ({"skill": "nothing"}, "nothing"),
    ],
)
def test_a_record_that_does_not_fit_is_refused_at_its_place(
    take_in: TakingIn, card: ServiceCard, spoilt: dict[str, Any], reason: str
) -> None:
    publish(card=card)
    record = record_of(card)

    (refusal,) = take_in(document([record | spoilt]), kind="json", mapping=None).refused

    assert reason in refusal.reason


def test_the_published_schema_is_the_one_that_is_accepted(take_in: TakingIn) -> None:
    assert json.loads(SCHEMA.read_text()) == json.loads(json.dumps(schema()))
    call_command("load_sample", verbosity=0)

    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate({"format": "rayzan-cards", "version": 1, "services": exported()}, schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"services": [{"slug": "x", "nature": "magical"}]}, schema())


def test_the_commands_go_out_and_come_back(
    card: ServiceCard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cards.json"
    call_command("export_cards", path)
    call_command("import_cards", path, language="en")

    said = capsys.readouterr().out
    assert "1 cards in" in said
    assert "0 new, 0 changed, 1 unchanged, 0 refused." in said
