"""`manage.py import_cards`, and the example that its page works through."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agency.models import Skill, Unit
from catalog.models import ServiceCard
from tests.catalog.importing.conftest import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("labour", "skill")]


def test_the_command_tells_what_became_of_the_file(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_cards", table, map=table.with_name("map.yaml"), language="en")

    said = capsys.readouterr()
    assert "2 new, 0 changed, 0 unchanged, 0 refused." in said.out
    assert said.err == ""


def test_the_command_fails_when_a_row_was_refused(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_text(TABLE + ",,P-3,,,,,\n")

    with pytest.raises(SystemExit, match="1"):
        call_command("import_cards", table, map=table.with_name("map.yaml"), atomic=True)

    said = capsys.readouterr()
    assert "سطر 5" in said.err
    assert "هیچ ردیفی وارد نشد" in said.out
    assert not ServiceCard.objects.exists()


@pytest.mark.parametrize(("name", "reason"), [("list.txt", "format"), ("none.csv", "none.csv")])
def test_the_command_says_what_it_lacks(table: Path, name: str, reason: str) -> None:
    table.rename(table.with_name("list.txt"))

    with pytest.raises(CommandError, match=reason):
        call_command("import_cards", table.with_name(name), map=table.with_name("map.yaml"))


def test_the_worked_example_of_the_page_works(labour: Unit, tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "open-data.md").read_text()
    written = [part.split("```")[0] for part in page.split("```csv\n")[1:]]
    mappings = [part.split("```")[0] for part in page.split("```yaml\n")[1:]]
    (tmp_path / "list.csv").write_text(written[0])
    (tmp_path / "map.yaml").write_text(mappings[0])
    Unit.objects.create(agency=labour.agency, code="building", title_fa="پروانه‌ها")
    Skill.objects.create(code="permits", title_fa="پروانه‌ها")

    call_command("import_cards", tmp_path / "list.csv", map=tmp_path / "map.yaml", verbosity=0)

    assert ServiceCard.objects.count() == len(written[0].strip().splitlines()) - 1
