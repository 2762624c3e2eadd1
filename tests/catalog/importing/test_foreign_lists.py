"""Somebody else's list becomes drafts; what is wrong with it is said, line by line."""

import pytest
from django.utils import translation

from agency.models import Unit
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
