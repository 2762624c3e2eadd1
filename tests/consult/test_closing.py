"""How a consultation ends, moves on, and what is said afterwards."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from agency.models import Topic
from catalog.models import ServiceCard
from chat.operations import end, hand_over, leave_duty
from consult.models import Citizen, Consultation
from consult.operations.holding import link_card
from consult.operations.noting import give_feedback, wrap_up
from consult.operations.transferring import Handover
from tests.people import Asking, GoingOnDuty

pytestmark = pytest.mark.django_db

State = Consultation.State
Reason = Consultation.CloseReason


def test_the_end_has_a_reason_frees_the_seat_and_asks_for_a_note(
    oscar: User, talk: Consultation
) -> None:
    end(consultation=talk, reason=Reason.ANSWERED, epoch=talk.epoch)

    talk.refresh_from_db()
    assert (talk.state, talk.close_reason, talk.holder, talk.slot) == (
        State.CLOSED,
        Reason.ANSWERED,
        None,
        None,
    )
    assert (talk.last_holder, talk.wrapped_up_at is None) == (oscar, True)
    assert Consultation.objects.to_wrap_up(oscar).get() == talk


def test_ending_twice_does_no_harm(talk: Consultation) -> None:
    end(consultation=talk, reason=Reason.ANSWERED)
    talk.refresh_from_db()
    before = (talk.closed_at, talk.close_reason, talk.version, talk.last_seq)

    end(consultation=talk, reason=Reason.ABUSE)

    talk.refresh_from_db()
    assert (talk.closed_at, talk.close_reason, talk.version, talk.last_seq) == before


def test_who_lost_it_to_a_colleague_cannot_end_it(
    oscar: User, olga: User, talk: Consultation, on_duty: GoingOnDuty
) -> None:
    known = talk.epoch
    on_duty(olga)
    leave_duty(counsellor=oscar)

    with pytest.raises(ValidationError) as refused:
        end(consultation=talk, reason=Reason.ANSWERED, epoch=known)

    talk.refresh_from_db()
    assert (refused.value.code, talk.state, talk.holder) == ("not_held", State.ACTIVE, olga)


def test_who_lost_it_cannot_end_it_while_it_waits_either(oscar: User, talk: Consultation) -> None:
    known = talk.epoch
    leave_duty(counsellor=oscar)

    with pytest.raises(ValidationError):
        end(consultation=talk, reason=Reason.ANSWERED, epoch=known)

    talk.refresh_from_db()
    assert talk.state == State.WAITING


def test_leaving_the_line_leaves_no_note_to_write(alice: Citizen, asks: Asking) -> None:
    waiting = asks(alice)

    end(consultation=waiting, reason=Reason.ABANDONED)

    waiting.refresh_from_db()
    assert (waiting.close_reason, waiting.wrapped_up_at is None) == (Reason.ABANDONED, False)


def test_who_does_not_hold_it_cannot_hand_it_over(
    olga: User, topic: Topic, talk: Consultation
) -> None:
    with pytest.raises(ValidationError):
        hand_over(consultation=talk, handover=Handover(topic, "mine now"), counsellor=olga)

    talk.refresh_from_db()
    assert (talk.state, talk.summary) == (State.ACTIVE, "")


def test_a_card_is_linked_to_the_case_too(
    oscar: User, talk: Consultation, card: ServiceCard
) -> None:
    link_card(consultation=talk, card=card, counsellor=oscar)

    talk.refresh_from_db()
    assert (talk.card, talk.case.card) == (card, card)


def test_neither_side_takes_back_what_the_other_said_from_an_old_page(
    talk: Consultation,
) -> None:
    end(consultation=talk, reason=Reason.ANSWERED)
    citizens_page = Consultation.objects.get(pk=talk.pk)
    counsellors_page = Consultation.objects.get(pk=talk.pk)

    give_feedback(consultation=citizens_page, outcome="not_solved", rating=2, comment="no")
    wrap_up(
        consultation=counsellors_page, outcome="solved", card_answered=False, failed_field="fee"
    )

    talk.refresh_from_db()
    assert (talk.outcome, talk.rating, talk.comment) == ("not_solved", 2, "no")
    assert (talk.card_answered, talk.failed_field) == (False, "fee")
    assert talk.wrapped_up_at is not None


def test_an_old_page_does_not_turn_the_sequence_back(alice: Citizen, talk: Consultation) -> None:
    old = Consultation.objects.get(pk=talk.pk)
    end(consultation=talk, reason=Reason.ANSWERED)

    give_feedback(consultation=old, outcome="solved", rating=None, comment="")

    talk.refresh_from_db()
    assert (talk.state, talk.last_seq) == (State.CLOSED, 3)


def test_who_does_not_hold_it_any_more_cannot_say_what_it_is_about(
    oscar: User, olga: User, talk: Consultation, card: ServiceCard
) -> None:
    def is_refused(counsellor: User) -> bool:
        with pytest.raises(ValidationError) as refused:
            link_card(consultation=talk, card=card, counsellor=counsellor)
        return refused.value.code == "not_held"

    assert is_refused(olga)
    end(consultation=talk, reason=Reason.ANSWERED)
    assert is_refused(oscar)

    talk.refresh_from_db()
    assert (talk.card, talk.case.card) == (None, None)
