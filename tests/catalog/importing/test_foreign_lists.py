"""Somebody else's list becomes drafts; what is wrong with it is said, line by line."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from agency.models import Skill, Unit
from catalog.importing.rows import UnreadableError
from catalog.importing.writing import Defaults
from catalog.models import CardEdition, ServiceCard
from catalog.operations import publish
from tests.catalog.importing.conftest import TABLE, TakingIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("labour", "skill")]

HEADER, FIRST, *SECOND = TABLE.splitlines(keepends=True)


def test_a_table_becomes_drafts(take_in: TakingIn) -> None:
    report = take_in(TABLE)

    first, second = ServiceCard.objects.all()
    assert (report.created, report.refused) == (2, [])
    assert (first.code, first.title_fa, first.slug) == ("P-1", "صدور پروانه", "licence")
    assert first.status == ServiceCard.Status.DRAFT
    assert not CardEdition.objects.exists()
    assert first.content["fee"] | {"kind": "fixed", "amount_irr": 1_500_000} == first.content["fee"]
    assert [each["fa"] for each in first.content["documents"]] == ["کارت ملی", "فرم درخواست"]
    assert first.content["documents"][0]["obtained_by"] == "applicant"
    assert first.content["service_type"] == ["G2C", "G2B"]
    assert first.content["in_person_visits"] == 1
    assert second.description_fa == "شرحی\nدر دو سطر"


def test_the_same_file_again_changes_nothing(take_in: TakingIn) -> None:
    take_in(TABLE)
    before = list(ServiceCard.objects.values())

    report = take_in(TABLE)

    assert (report.created, report.changed, report.unchanged) == (0, 0, 2)
    assert list(ServiceCard.objects.values()) == before


def test_a_changed_row_changes_its_card_and_leaves_what_the_list_does_not_know(
    take_in: TakingIn,
) -> None:
    take_in(TABLE)
    card = ServiceCard.objects.get(code="P-1")
    card.content["output"] = {"fa": "پروانه", "en": ""}
    card.content["documents"][0]["en"] = "National card"
    card.save()

    report = take_in(TABLE.replace("شرح پروانه", "شرح تازه"))

    card.refresh_from_db()
    assert (report.changed, report.unchanged) == (1, 1)
    assert card.description_fa == "شرح تازه"
    assert card.content["output"]["fa"] == "پروانه"
    assert card.content["documents"][0]["en"] == "National card"


def test_what_the_public_reads_stays_as_it_was_published(take_in: TakingIn) -> None:
    take_in(TABLE)
    card = ServiceCard.objects.get(code="P-1")
    edition = publish(card=card)

    take_in(TABLE.replace("شرح پروانه", "شرح تازه"))

    card.refresh_from_db()
    assert card.status == ServiceCard.Status.PUBLISHED
    assert card.edition_in_force() == edition
    assert card.editions.get().snapshot["description"]["fa"] == "شرح پروانه"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",,P-3,,,,,\n", "عنوان"),
        ("الف,,P-3,,,,گران,\n", "fee.amount_irr: «گران» عدد صحیح نیست."),
        ("الف,,P-3,,,,-5,\n", "عدد صحیح نیست"),
        ("الف,,P-3,,,همه,,\n", "service_type: «همه» هیچ‌یک از این‌ها نیست: G2C"),
        ("الف,,P-1,,,,,\n", "«P-1» پیش‌تر در سطر 2 آمده است."),
        (f"الف,,{'9' * 21},,,,,\n", "کد از ۲۰ حرف"),
        (f"{'الف' * 70},,P-3,,,,,\n", "۲۰۰ حرف"),
        ("الف,,P-3,,,,,,بیشتر\n", "بیش از سرستون"),
        ("الف,,P-3,,,,99999999999999999999,\n", "عدد صحیح نیست"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_the_others_come_in(
    take_in: TakingIn, row: str, reason: str
) -> None:
    report = take_in(HEADER + FIRST + row + "".join(SECOND))

    (refusal,) = report.refused
    assert (report.created, refusal.line) == (2, 3)
    assert reason in refusal.reason


def test_the_line_is_that_of_the_file_after_a_cell_of_two_lines(take_in: TakingIn) -> None:
    report = take_in(TABLE + "\n,,P-3,,,,,\n")

    assert [each.line for each in report.refused] == [6]


def test_the_reason_is_said_in_the_readers_language(take_in: TakingIn) -> None:
    with translation.override("en"):
        report = take_in(HEADER + "الف,,P-3,,,,dear,\n")

    assert report.refused[0].reason == "fee.amount_irr: “dear” is not a whole number."


def test_all_or_nothing_is_nothing_when_a_row_is_bad(take_in: TakingIn) -> None:
    report = take_in(TABLE + ",,P-3,,,,,\n", all_or_nothing=True)

    assert (report.undone, report.created, len(report.refused)) == (True, 0, 1)
    assert not ServiceCard.objects.exists()


def test_an_unknown_unit_is_a_bad_row_and_a_missing_one_has_a_default(
    take_in: TakingIn, welfare: Unit
) -> None:
    bare = "columns: {عنوان: title.fa, واحد: unit}"
    text = "عنوان,واحد\nالف,nowhere\nب,welfare\nپ,\n"

    refused = take_in(text, mapping=bare, defaults=Defaults(skill="labour"))
    assert [(each.line, each.reason) for each in refused.refused] == [
        (2, "واحد «nowhere» وجود ندارد."),
        (4, "واحد گفته نشده است."),
    ]

    taken = take_in(text, mapping=bare, defaults=Defaults(unit="labour", skill="labour"))
    assert (taken.created, taken.unchanged) == (1, 1)
    assert ServiceCard.objects.get(title_fa="پ").unit.code == "labour"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TABLE.encode("utf-8-sig"), ""),
        (TABLE.encode("utf-16"), ""),
        (TABLE.replace("\n", "\r\n").encode(), ""),
        (TABLE.replace(",", "\t").encode(), ""),
        (TABLE.replace(",", ";").encode(), ""),
    ],
)
def test_a_table_comes_as_a_spreadsheet_saves_it(
    take_in: TakingIn, raw: bytes, encoding: str
) -> None:
    assert take_in(raw, encoding=encoding).created == 2


@pytest.mark.parametrize("encoding", ["", "cp1256"])
def test_old_excel_is_understood_and_its_arabic_letters_are_mended(
    take_in: TakingIn, encoding: str
) -> None:
    text = "عنوان,کد\nصدور کارت مليّ بازرگاني,P-9\n"
    mapping = "columns: {عنوان: title.fa, کد: code}\nconstants: {unit: labour, skill: labour}"

    report = take_in(text.encode("cp1256"), mapping=mapping, encoding=encoding)

    assert report.refused == []
    assert "بازرگانی" in ServiceCard.objects.get(code="P-9").title_fa


@pytest.mark.parametrize(
    ("raw", "encoding", "reason"),
    [
        (b"\xff\xfa\x80\x81,x\n\x90\n", "", "UTF-8"),
        (b"a\0b,c\n", "", "بایت صفر"),
        (TABLE.encode("utf-16"), "utf-8", "utf-8"),
        (TABLE.encode(), "martian", "martian"),
        (b"", "", "خالی"),
        ("عنوان,عنوان\nالف,ب\n".encode(), "", "دو ستون"),
        ("نام\nالف\n".encode(), "", "ستون «عنوان»"),
        ('عنوان\n"الف\n'.encode(), "", "CSV"),
    ],
)
def test_a_file_that_is_of_no_use_is_refused_in_a_sentence(
    take_in: TakingIn, raw: bytes, encoding: str, reason: str
) -> None:
    with pytest.raises(UnreadableError, match=reason):
        take_in(raw, encoding=encoding)


LIST: list[dict[str, Any]] = [
    {"name": {"fa": "صدور پروانه"}, "id": "0012345678", "visits": 2, "papers": ["الف", "ب"]},
    {"name": {"fa": ""}, "id": "0012345679", "visits": 0, "papers": []},
]
OF_LIST = """
list: items
columns: {name.fa: title.fa, id: national_id, visits: in_person_visits, papers: "documents[].fa"}
constants: {unit: labour, skill: labour}
"""


def as_yaml() -> str:
    return """items:
  - name: {fa: صدور پروانه}
    id: 0012345678
    visits: 2
    papers: [الف, ب]
  - name: {fa: ""}
    id: 0012345679
    visits: 0
    papers: []
"""


@pytest.mark.parametrize(
    ("kind", "text", "line"),
    [
        ("json", json.dumps({"about": [], "items": LIST}, ensure_ascii=False, indent=1), 15),
        ("yaml", as_yaml(), 6),
    ],
)
def test_a_document_comes_in_like_a_table_and_ids_keep_their_zeros(
    take_in: TakingIn, kind: str, text: str, line: int
) -> None:
    report = take_in(text, kind=kind, mapping=OF_LIST)

    card = ServiceCard.objects.get()
    assert (card.national_id, card.slug) == ("0012345678", "sdvr-prvanh")
    assert [each["fa"] for each in card.content["documents"]] == ["الف", "ب"]
    assert [each.line for each in report.refused] == [line]


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("json", '{"items": [{"id": 1', "JSON"),
        ("json", '{"others": []}', "items"),
        ("json", "[1 2]", "JSON"),
        ("json", "", "JSON"),
        ("json", "[" * 100_000, "JSON"),
        ("yaml", "items: [\n", "YAML"),
        ("yaml", "others: []", "items"),
        ("yaml", "", "items"),
        ("yaml", "items: " + "[" * 5_000, "YAML"),
    ],
)
def test_a_broken_document_is_refused_in_a_sentence(
    take_in: TakingIn, kind: str, text: str, reason: str
) -> None:
    with pytest.raises(UnreadableError, match=reason):
        take_in(text, kind=kind, mapping=OF_LIST)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("json", '{"items": [{"id": "1", "id": "2"}, 7, {"name": {"fa": "a\\u0000"}}]}'),
        ("yaml", 'items:\n- {id: 1, id: 2}\n- 7\n- {name: {fa: "a\\0"}}\n'),
    ],
)
def test_a_record_that_cannot_be_kept_is_a_bad_row(take_in: TakingIn, kind: str, text: str) -> None:
    mapping = "list: items\ncolumns: {name.fa: title.fa}"

    reasons = [each.reason for each in take_in(text, kind=kind, mapping=mapping).refused]

    assert ["دو بار" in reasons[0], "رکورد" in reasons[1], "نویسه" in reasons[2]] == [True] * 3


def test_a_file_cannot_build_anything_or_unfold_without_end(take_in: TakingIn) -> None:
    bomb = "items:\n- &a {name: [x, x, x, x, x, x, x, x, x, x]}\n"
    for one, two in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"- &{two} {{name: [*{one}, *{one}, *{one}, *{one}, *{one}, *{one}]}}\n"
    bomb += "- !!python/object/apply:os.system ['true']\n"

    report = take_in(bomb, kind="yaml", mapping="list: items\ncolumns: {name: title.fa}")

    assert report.created == 0


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ("columns: {a: title.de}", "title.de"),
        ("columns: {a: fee}", "fee"),
        ("columns: {a: documents}", "documents"),
        ("columns: {a: {field: title.fa, colour: red}}", "colour"),
        ("columns: {a: title.fa}\nrows: 3", "rows"),
        ("constants: {}", "columns"),
        ("columns: [", "YAML"),
        ("columns: {a: status}", "status"),
    ],
)
def test_a_mapping_that_means_nothing_is_refused(
    take_in: TakingIn, mapping: str, reason: str
) -> None:
    with pytest.raises(UnreadableError, match=reason):
        take_in("a\nx\n", mapping=mapping)


def test_two_rows_of_one_title_are_not_guessed_at(take_in: TakingIn) -> None:
    bare = "columns: {عنوان: title.fa}\nconstants: {unit: labour, skill: labour}"

    report = take_in("عنوان\nصدور پروانه\nصدور پروانه\n", mapping=bare)

    assert (report.created, [each.line for each in report.refused]) == (1, [3])


def test_keys_of_two_cards_in_one_row_are_refused(take_in: TakingIn) -> None:
    take_in(TABLE)
    both = "columns: {ع: title.fa, ک: code, ن: slug}\nconstants: {unit: labour, skill: labour}"

    report = take_in("ع,ک,ن\nالف,P-1,renewal\n", mapping=both)

    assert "یک شناسنامه نیست" in report.refused[0].reason


def test_an_address_that_a_row_before_was_given_is_refused(take_in: TakingIn) -> None:
    both = "columns: {ع: title.en, ف: title.fa, ک: code, ن: slug}"
    both += "\nconstants: {unit: labour, skill: labour}"

    report = take_in("ع,ف,ک,ن\nLicence,الف,A,\n,ب,B,licence\nLicence,پ,C,\n", mapping=both)

    assert report.created == 2
    assert "licence" in report.refused[0].reason
    assert set(ServiceCard.objects.values_list("slug", flat=True)) == {"licence", "licence-2"}


# --- The command ---------------------------------------------------------------------------------


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
    Unit.objects.create(agency=labour.agency, code="permits", title_fa="پروانه‌ها")
    Skill.objects.create(code="permits", title_fa="پروانه‌ها")

    call_command("import_cards", tmp_path / "list.csv", map=tmp_path / "map.yaml", verbosity=0)

    assert ServiceCard.objects.count() == len(written[0].strip().splitlines()) - 1
