"""Files as people have them: any spreadsheet's, JSON, YAML; and those that are of no use."""

import json
from typing import Any

import pytest

from catalog.importing.rows import UnreadableError
from catalog.models import ServiceCard
from tests.catalog.importing.conftest import TABLE, TakingIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("labour", "skill")]


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
