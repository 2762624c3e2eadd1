"""Cards that learn: what was not answered, for whom, and what a new edition changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from agency.models import Topic, Unit
from catalog.models import CardEdition, ServiceCard
from catalog.operations import issue, snapshot_of
from chat.models import Message
from chat.operations import end
from consult.models import Citizen, Consultation
from consult.operations.noting import wrap_up
from editorial.learning import Rate
from editorial.models import Settlement
from editorial.operations import drafting, publishing
from editorial.rates import learned
from tests.people import Asking, GoingOnDuty, browser_of, person

pytestmark = pytest.mark.django_db

LIST = "/staff/cards/questions/"
IDENTITY = "0013542419"
ASKED = f"هزینه‌اش چند ریال است؟ کد ملی من {IDENTITY} است"

Noting = Callable[..., Consultation]


@pytest.fixture
def noted(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty, card: ServiceCard
) -> Noting:
    """`noted("fee")`: asked, ended, and the counsellor says what failed; None: it answered."""
    on_duty(oscar)

    def note(
        failed: str | None, text: str = ASKED, about: ServiceCard | None = card
    ) -> Consultation:
        talk = asks(alice, text, card=about)
        end(consultation=talk, reason=Consultation.CloseReason.ANSWERED)
        wrap_up(
            consultation=talk,
            outcome="solved",
            card_answered=failed is None,
            failed_field=failed or "",
        )
        return talk

    return note


def publish(writer: User, approver: User, card: ServiceCard, **changed: Any) -> CardEdition:
    """The next edition, with these fields different."""
    content = {**drafting.content_to_begin_with(card), "service_type": ["G2C"], **changed}
    written = drafting.Written(content)
    draft = drafting.save_draft(editor=writer, card=card, written=written, began_from=0)
    drafting.submit(editor=writer, card=card, seen=draft.version)
    edition = publishing.approve(editor=approver, card=card, seen=draft.version)
    card.refresh_from_db()  # Its draft is gone.
    return ServiceCard.objects.get(pk=card.pk).editions.get(pk=edition.pk)


def groups(browser: Client, **query: str) -> dict[tuple[str | None, str], list[str]]:
    """The sentences on the page, by card and field or topic."""
    about = browser.get(LIST, query).context["about"]
    return {
        (each.card.slug if each.card else None, group.name or group.label): [
            question.text for question in group.questions
        ]
        for each in about
        for group in each.groups
    }


FEE = {"fee": {"kind": "fixed", "amount_irr": 250_000}}


# --- The list ----------------------------------------------------------------------------------


def test_questions_gather_per_card_and_field_masked_and_newest_first(
    elham: User, noted: Noting, card: ServiceCard, topic: Topic
) -> None:
    noted("fee")
    noted(None)
    noted("fee", "گران است یا ارزان؟")
    noted("documents", "چه مدرکی؟")
    noted("no_card", "این دربارهٔ چیز دیگری است")
    noted("", "بی‌شناسنامه", about=None)

    found = groups(browser_of(elham))

    assert {key: len(texts) for key, texts in found.items()} == {
        (card.slug, "documents"): 1,
        (card.slug, "fee"): 2,
        (None, topic.title_fa): 2,
    }
    assert next(iter(found)) == (card.slug, "documents")
    assert found[card.slug, "fee"][0] == "گران است یا ارزان؟"
    page = browser_of(elham).get(LIST).content.decode()
    assert IDENTITY not in page
    assert "*******419" in page
    assert "۲ پرسش" in page


def test_a_stranger_sees_none_of_it_and_settles_nothing(
    sara: User, oscar: User, welfare: Unit, noted: Noting, card: ServiceCard
) -> None:
    question = noted("fee")
    noted("", about=None)
    sina = person("sina", "سینا", Role.EDITOR, welfare)

    for browser in (browser_of(None), browser_of(oscar), browser_of(sara)):
        assert browser.get(LIST).status_code in {302, 404}
    browser = browser_of(sina)
    assert groups(browser) == {}
    assert groups(browser, card=card.slug) == {}
    browser.post(f"{LIST}settle/", {"answered": str(question.pk)})
    assert not Settlement.objects.exists()


def test_an_editor_is_done_with_a_question_and_takes_it_back(
    elham: User, noted: Noting, card: ServiceCard
) -> None:
    browser = browser_of(elham)
    one, other = noted("fee"), noted("fee")

    browser.post(f"{LIST}settle/", {"answered": str(one.pk)})
    browser.post(f"{LIST}settle/", {"not_for_card": str(other.pk), "card": card.slug})
    for nonsense in ({}, {"answered": "1"}, {"not_for_card": " "}):
        assert browser.post(f"{LIST}settle/", nonsense).status_code == 302

    assert groups(browser) == {}
    settled = {each.pk: (each.kind, each.edition) for each in Settlement.objects.all()}
    assert settled == {
        one.pk: ("answered", card.edition_in_force()),
        other.pk: ("not_for_card", None),
    }
    assert "پاسخ‌گرفته در نسخهٔ ۱" in browser.get(LIST, {"done": "1"}).content.decode()
    browser.post(f"{LIST}settle/", {"reopen": str(one.pk), "done": "1"})
    assert groups(browser) == {(card.slug, "fee"): ["*******419".join(ASKED.split(IDENTITY))]}


def test_the_words_are_gone_when_the_conversation_is_emptied(
    elham: User, noted: Noting, card: ServiceCard
) -> None:
    question = noted("fee")

    Message.objects.filter(consultation=question).delete()

    assert groups(browser_of(elham)) == {(card.slug, "fee"): [""]}
    assert "متن آن حذف شده است" in browser_of(elham).get(LIST).content.decode()


def test_no_page_asks_the_database_more_often_for_many_than_for_few(
    elham: User, mina: User, noted: Noting, card: ServiceCard
) -> None:
    browser, own = browser_of(mina), f"/staff/cards/{card.slug}/"
    pages = [LIST, f"{LIST}?done=1", "/staff/cards/", own, f"{own}review/", f"{own}editions/"]

    def costs() -> dict[str, int]:
        found = {}
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(page).status_code == 200
            found[page] = len(queries)
        return found

    def lived(fields: list[str], amount: int) -> None:
        """One edition more, which answers the questions of some fields; others stay open."""
        for field in fields:
            noted(field)
        publish(elham, mina, card, fee={"kind": "fixed", "amount_irr": amount})
        card.refresh_from_db()
        for field in fields:
            noted(field)
        noted("", about=None)
        drafting.save_draft(
            editor=elham,
            card=card,
            written=drafting.Written(drafting.content_to_begin_with(card)),
            began_from=0,
        )

    lived(["fee"], 1000)
    browser.get(LIST)
    few = costs()
    drafting.discard(editor=elham, card=card, seen=1)
    lived(["fee", "fee", "documents", "", "steps"], 2000)
    ServiceCard.objects.bulk_create(
        ServiceCard(slug=f"s-{n}", code=f"S-{n}", unit=card.unit, skill=card.skill)
        for n in range(20)
    )

    assert costs() == few
    assert max(few.values()) <= 20


# --- The form, and the next edition ------------------------------------------------------------


def test_the_questions_stand_beside_their_field_while_it_is_edited(
    elham: User, noted: Noting, card: ServiceCard
) -> None:
    noted("fee", "چند ریال؟")
    noted("", "هیچ‌کدام را نگفته")
    noted("no_card", "چیز دیگر")

    page = browser_of(elham).get(f"/staff/cards/{card.slug}/")

    assert set(page.context["asked"]) == {"fee", "whole"}
    assert "چند ریال؟" in page.content.decode()
    assert "چیز دیگر" not in page.content.decode()


def test_an_edition_answers_the_questions_of_the_fields_in_which_it_differs(
    elham: User, mina: User, noted: Noting, card: ServiceCard
) -> None:
    fee, documents = noted("fee"), noted("documents")

    edition = publish(elham, mina, card, **FEE)

    assert [(each.pk, each.edition, each.by) for each in Settlement.objects.all()] == [
        (fee.pk, edition, mina)
    ]
    assert list(groups(browser_of(elham))) == [(card.slug, "documents")]
    assert documents.card_id == card.pk


def test_before_and_after_are_told_apart_by_the_edition_in_force_then(
    elham: User, mina: User, noted: Noting, card: ServiceCard
) -> None:
    for failed in ("fee", "fee", "fee", "documents", None):
        noted(failed)
    edition = publish(elham, mina, card, **FEE)
    noted("no_card")  # Says nothing of this card.
    few = learned([edition])[0]
    assert few.change is not None
    assert not few.change.is_told
    for failed in (None, None, None, None, "documents"):
        noted(failed)

    [known] = learned([edition])

    assert known.change is not None
    assert known.change.is_told
    assert (known.change.before, known.change.after) == (Rate(1, 5), Rate(4, 5))
    [fee] = known.fields
    assert fee.questions == 3
    assert fee.change is not None
    assert (fee.change.before, fee.change.after) == (Rate(3, 5), Rate(0, 5))
    for page in (f"/staff/cards/{card.slug}/editions/", f"{LIST}?done=1"):
        body = browser_of(elham).get(page).content.decode()
        assert "۲۰٪" in body
        assert "۸۰٪" in body


def test_what_is_noted_later_counts_for_the_edition_that_applied_then(
    noted: Noting, card: ServiceCard
) -> None:
    talk = noted(None)
    issue(card=card, content=snapshot_of(card))

    again = noted(None)

    editions = [Consultation.objects.get(pk=each.pk).card_edition for each in (talk, again)]
    assert [each.number for each in editions if each] == [1, 2]


def test_where_no_card_was_there_is_nothing_that_answered(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    talk = asks(alice)
    end(consultation=talk, reason=Consultation.CloseReason.ANSWERED)

    wrap_up(consultation=talk, outcome="solved", card_answered=True, failed_field="fee")

    talk.refresh_from_db()
    assert (talk.card_answered, talk.failed_field, talk.card_edition) == (None, "", None)
