"""Writing, reviewing and publishing a card: who may, who is told, and that nothing is lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role, User
from agency.models import Skill, Unit
from catalog.models import CardDraft, CardEdition, ServiceCard
from catalog.open_data.published import latest_changes
from catalog.operations import out_of_date
from editorial.operations.drafting import (
    IncompleteError,
    MovedError,
    NewCard,
    Written,
    begin_card,
    content_to_begin_with,
    discard,
    save_draft,
    send_back,
    submit,
)
from editorial.operations.publishing import (
    NotInReviewError,
    OwnWorkError,
    approve,
    bring_back,
    confirm,
    retire,
)
from editorial.queries import cards_of, standing_of
from tests.clock import sweep_once
from tests.people import person

pytestmark = pytest.mark.django_db


def better(card: ServiceCard, **more: object) -> Written:
    """The card as it stands, with other words."""
    content = content_to_begin_with(card)
    return Written({**content, "service_type": ["G2C"], **more})


def written(editor: User, card: ServiceCard) -> CardDraft:
    return save_draft(
        editor=editor, card=card, written=better(card, title={"fa": "نام نو"}), began_from=0
    )


def test_a_draft_goes_through_a_colleague_to_the_public(
    elham: User, mina: User, card: ServiceCard
) -> None:
    first = card.edition_in_force()
    draft = written(elham, card)
    assert card.edition_in_force() == first  # The public sees nothing of it.

    submit(editor=elham, card=card, seen=draft.version)
    edition = approve(editor=mina, card=card, seen=draft.version)

    card.refresh_from_db()
    assert (edition.number, edition.author, edition.approver) == (2, elham, mina)
    assert card.title_fa == "نام نو"
    assert card.edition_in_force() == edition
    assert not CardDraft.objects.exists()
    assert CardEdition.objects.get(number=1).snapshot["title"]["fa"] == "رسیدگی به حقوق معوقه"


def test_nobody_lets_their_own_words_out(elham: User, mina: User, card: ServiceCard) -> None:
    draft = written(mina, card)
    draft = save_draft(editor=elham, card=card, written=better(card), began_from=draft.version)
    submit(editor=elham, card=card, seen=draft.version)

    with pytest.raises(OwnWorkError):  # She wrote a part of it, though not the last.
        approve(editor=mina, card=card, seen=draft.version)
    with pytest.raises(PermissionDenied):
        approve(editor=elham, card=card, seen=draft.version)


def test_the_database_knows_the_rule_too(elham: User, card: ServiceCard) -> None:
    edition = CardEdition.objects.get(card=card)
    for approver in (elham, None):
        edition.author, edition.approver = elham, approver
        with pytest.raises(IntegrityError), transaction.atomic():
            edition.save()


def test_what_was_not_handed_over_or_is_not_whole_stays_inside(
    elham: User, mina: User, card: ServiceCard
) -> None:
    draft = written(elham, card)
    with pytest.raises(NotInReviewError):
        approve(editor=mina, card=card, seen=draft.version)

    draft = save_draft(
        editor=elham, card=card, written=better(card, steps=[]), began_from=draft.version
    )
    with pytest.raises(IncompleteError) as fault:
        submit(editor=elham, card=card, seen=draft.version)
    assert [each.field for each in fault.value.found] == ["steps"]


def test_of_two_editors_the_second_is_told_and_nothing_is_overwritten(
    elham: User, mina: User, card: ServiceCard
) -> None:
    draft = written(elham, card)
    save_draft(editor=mina, card=card, written=better(card), began_from=draft.version)

    with pytest.raises(MovedError) as moved:
        save_draft(editor=elham, card=card, written=better(card), began_from=draft.version)
    assert moved.value.draft.author == mina
    with pytest.raises(MovedError):
        submit(editor=elham, card=card, seen=draft.version)


def test_what_was_changed_after_handing_over_is_a_draft_again(
    elham: User, mina: User, card: ServiceCard
) -> None:
    draft = written(elham, card)
    submit(editor=elham, card=card, seen=draft.version)

    changed = save_draft(editor=elham, card=card, written=better(card), began_from=draft.version)

    assert changed.state == CardDraft.State.WRITING
    with pytest.raises(MovedError):
        approve(editor=mina, card=card, seen=draft.version)


def test_what_is_sent_back_says_why(elham: User, mina: User, card: ServiceCard) -> None:
    draft = written(elham, card)
    submit(editor=elham, card=card, seen=draft.version)

    back = send_back(editor=mina, card=card, seen=draft.version, because="مبلغ را بنویسید")

    assert (back.state, back.returned_because) == (CardDraft.State.WRITING, "مبلغ را بنویسید")


def test_an_edition_can_wait_for_its_day_and_end_on_one(
    elham: User, mina: User, card: ServiceCard
) -> None:
    today = timezone.localdate()
    later = Written(
        {**better(card).content, "title": {"fa": "از فردا"}},
        valid_from=today + timedelta(days=1),
        valid_to=today + timedelta(days=2),
    )
    draft = save_draft(editor=elham, card=card, written=later, began_from=0)
    submit(editor=elham, card=card, seen=draft.version)
    edition = approve(editor=mina, card=card, seen=draft.version)
    card.refresh_from_db()
    assert card.title_fa == "رسیدگی به حقوق معوقه"

    for begins, said in ((today, "از فردا"), (today - timedelta(days=5), "رسیدگی به حقوق معوقه")):
        CardEdition.objects.filter(pk=edition.pk).update(
            valid_from=begins, valid_to=begins + timedelta(days=1)
        )
        sweep_once()
        card.refresh_from_db()
        assert card.title_fa == said
        assert out_of_date() == []


def test_a_first_edition_is_no_page_before_its_day_nor_after_its_end(
    elham: User, mina: User, card: ServiceCard
) -> None:
    today = timezone.localdate()
    first = Written(better(card).content, valid_from=today + timedelta(days=1), valid_to=None)
    CardEdition.objects.filter(card=card).delete()
    ServiceCard.objects.update(status=ServiceCard.Status.DRAFT)
    draft = save_draft(editor=elham, card=card, written=first, began_from=0)
    submit(editor=elham, card=card, seen=draft.version)
    edition = approve(editor=mina, card=card, seen=draft.version)
    assert not ServiceCard.objects.published().exists()

    for begins, pages in ((today, 1), (today - timedelta(days=2), 0)):
        CardEdition.objects.filter(pk=edition.pk).update(
            valid_from=begins, valid_to=begins + timedelta(days=1)
        )
        sweep_once()
        assert ServiceCard.objects.published().count() == pages


def test_a_retired_card_is_no_page_and_can_come_back(
    mina: User, elham: User, card: ServiceCard
) -> None:
    with pytest.raises(PermissionDenied):
        retire(editor=elham, card=card)

    retire(editor=mina, card=card)
    assert not ServiceCard.objects.published().exists()
    bring_back(editor=mina, card=card)
    assert ServiceCard.objects.published().get() == card


def test_what_is_published_of_a_retired_card_waits_until_it_is_brought_back(
    mina: User, elham: User, card: ServiceCard
) -> None:
    retire(editor=mina, card=card)
    draft = written(elham, card)
    submit(editor=elham, card=card, seen=draft.version)
    approve(editor=mina, card=card, seen=draft.version)
    sweep_once()

    assert not ServiceCard.objects.published().exists()
    assert [each.edition.number for each in latest_changes(0, 9)] == [1]

    bring_back(editor=mina, card=card)
    assert ServiceCard.objects.published().get().title_fa == "نام نو"


def test_a_draft_whose_days_are_over_is_not_published(
    mina: User, elham: User, card: ServiceCard
) -> None:
    draft = written(elham, card)
    submit(editor=elham, card=card, seen=draft.version)
    CardDraft.objects.update(valid_to=timezone.localdate() - timedelta(days=1))

    with pytest.raises(IncompleteError) as refused:
        approve(editor=mina, card=card, seen=draft.version)
    assert [each.field for each in refused.value.found] == ["valid_to"]


def test_a_card_that_nobody_checked_for_a_year_is_stale(mina: User, card: ServiceCard) -> None:
    ServiceCard.objects.update(checked_on=timezone.localdate() - timedelta(days=366))
    card.refresh_from_db()
    assert standing_of(card).stale

    confirm(editor=mina, card=card)
    card.refresh_from_db()
    assert not standing_of(card).stale


def test_an_editor_of_anwelfare_has_no_part_in_it(
    elham: User, welfare: Unit, card: ServiceCard
) -> None:
    stranger = person("sina", "سینا", Role.EDITOR, welfare)

    assert not cards_of(stranger).exists()
    with pytest.raises(PermissionDenied):
        save_draft(editor=stranger, card=card, written=better(card), began_from=0)
    draft = written(elham, card)
    with pytest.raises(PermissionDenied):
        discard(editor=stranger, card=card, seen=draft.version)
    assert CardDraft.objects.exists()


def test_a_new_card_begins_as_a_draft_that_only_editors_see(
    elham: User, labour: Unit, skill: Skill
) -> None:
    new = NewCard("home-work", "T-77", labour, skill)
    draft = begin_card(editor=elham, new=new, written=Written({"title": {"fa": "کار خانگی"}}))

    assert draft.card.title_fa == "کار خانگی"
    assert not ServiceCard.objects.published().exists()
    assert cards_of(elham).get() == draft.card
