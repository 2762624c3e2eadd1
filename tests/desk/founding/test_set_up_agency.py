"""The file of an agency: taken whole, refused whole, and safe to take again."""

import json
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from agency.models import Agency, OpeningHours, Skill, SpecialDay, Topic, Unit
from agency.queries import work_calendar
from chat.models import CannedReply

pytestmark = pytest.mark.django_db

TOWN = Path(__file__).with_name("municipality.yaml")
TEHRAN = ZoneInfo("Asia/Tehran")


def set_up(path: Path, **more: bool) -> str:
    """What the command says."""
    said = StringIO()
    call_command("set_up_agency", str(path), stdout=said, language="en", **more)
    return said.getvalue()


def refused(path: Path) -> list[str]:
    """Every bad place that the command names."""
    faults = StringIO()
    with pytest.raises(CommandError):
        call_command("set_up_agency", str(path), stderr=faults, language="en")
    return faults.getvalue().splitlines()


def written(tmp_path: Path, text: str, name: str = "agency.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_what_the_file_says_is_what_the_agency_is() -> None:
    assert set_up(TOWN).startswith("20 new, 0 changed")

    agency, pruning = Agency.objects.get(), Topic.objects.get(code="pruning")
    assert (agency.name_fa, agency.retention_months) == ("شهرداری مهرآباد", 6)
    assert (pruning.unit.code, pruning.capacity) == ("parks", 2)
    assert [each.code for each in pruning.skills.all()] == ["trees"]
    assert Topic.objects.get(code="pit").urgent
    assert CannedReply.objects.get().topic == Topic.objects.get(code="permit")
    assert SpecialDay.objects.get(title_en="Day of the town").day == date(2026, 12, 22)


def test_its_hours_are_those_that_promises_are_counted_by() -> None:
    set_up(TOWN)
    thursday, friday = (datetime(2026, 11, day, 10, tzinfo=TEHRAN) for day in (26, 27))
    holiday = datetime(2026, 12, 22, 10, tzinfo=TEHRAN)

    assert work_calendar().is_open(thursday)
    assert not work_calendar().is_open(friday)
    assert work_calendar(Unit.objects.get(code="parks")).is_open(friday)
    assert not work_calendar().is_open(holiday)


def test_taken_again_nothing_changes_and_what_was_changed_in_the_file_does(tmp_path: Path) -> None:
    set_up(TOWN)
    assert set_up(TOWN).startswith("0 new, 0 changed")
    later = TOWN.read_text("utf-8").replace('closes_at: "12:00"', 'closes_at: "13:30"')
    later = later.replace(
        'skills: [trees]\n    keywords: ["هرس"', 'skills: []\n    keywords: ["هرس"'
    )

    set_up(written(tmp_path, later))

    assert OpeningHours.objects.get(weekday=3).closes_at == time(13, 30)
    assert not Topic.objects.get(code="pruning").skills.exists()
    assert Unit.objects.count() == 2


def test_a_check_says_what_would_be_and_writes_nothing() -> None:
    assert "20 new" in set_up(TOWN, check=True)

    assert not Agency.objects.exists()


def test_every_bad_place_is_named_with_its_line_and_nothing_is_written(tmp_path: Path) -> None:
    bad = TOWN.read_text("utf-8")
    bad = bad.replace("capacity: 2", "capacity: many").replace(
        "unit: parks\n    skills", "unit: park\n    skills", 1
    )
    bad = bad.replace("  email: shahrdari", "  e-mail: shahrdari").replace(
        "1405/10/02", "1405/13/02"
    )
    faults = refused(written(tmp_path, bad))
    assert len(faults) == 2
    assert faults[0].startswith("Line 2, agency: ")
    assert faults[1].startswith("Line 62, topics: capacity")

    mended = bad.replace("capacity: many", "capacity: 2").replace("e-mail", "email")
    assert refused(written(tmp_path, mended)) == [
        "Line 37, special_days: There is no day “1405/13/02”.",
        "Line 62, topics: unit: nothing is called “park”.",
    ]
    assert not Agency.objects.exists()
    assert not Skill.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "agency: [",
        "a: &a [*a]",
        "agency:\n  code: x\nunits: none\ntopics: []",
        "{}",
        "\0",
    ],
)
def test_what_is_no_such_file_is_refused_in_words(tmp_path: Path, text: str) -> None:
    refused(written(tmp_path, text))

    assert not Agency.objects.exists()


def test_json_does_as_well(tmp_path: Path) -> None:
    said = {
        "agency": {"code": "small", "name": {"fa": "بخشداری"}},
        "units": [{"code": "one", "title": {"fa": "دفتر"}}],
        "holidays": "IR",
        "topics": [{"code": "general", "title": {"fa": "هر چیز"}, "unit": "one"}],
    }

    set_up(written(tmp_path, json.dumps(said), "small.json"))

    assert Agency.objects.get().retention_months == settings.RETENTION_MONTHS
    assert SpecialDay.objects.count() > 40


def test_one_installation_serves_one_agency(tmp_path: Path) -> None:
    set_up(TOWN)
    other = TOWN.read_text("utf-8").replace("code: mehrabad", "code: elsewhere")

    assert "one installation serves one agency" in refused(written(tmp_path, other))[0]

    second = Agency(code="second", name_fa="دومی")
    with pytest.raises(ValidationError):
        second.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_the_example_of_the_documentation_is_such_a_file(tmp_path: Path) -> None:
    page = (Path(settings.BASE_DIR) / "docs" / "agency.md").read_text("utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]

    set_up(written(tmp_path, example))

    assert Topic.objects.get(code="permit").unit.code == "building"
