"""The one way into the transcript: sequences, repeats, batches, and whose turn it is."""

import pytest
from django.utils import timezone

from accounts.models import User
from agency.models import Topic
from chat.ledger import append
from chat.operations import end, hand_over
from chat.posts import Rejected, Stored
from consult.models import Citizen, Consultation
from consult.operations.transferring import Handover
from tests.chat.writing import one, says, sequences
from tests.people import Asking, GoingOnDuty

pytestmark = pytest.mark.django_db


def test_sequences_count_up_from_one_without_a_gap(
    alice: Citizen, oscar: User, talk: Consultation
) -> None:
    for n in range(1, 4):
        append([says(talk, alice, n=n, stream="hers"), says(talk, oscar, n=n, stream="his")])

    assert sequences(talk) == list(range(1, 9))
    talk.refresh_from_db()
    assert talk.last_seq == 8


def test_a_refused_message_leaves_no_hole(alice: Citizen, talk: Consultation) -> None:
    results = append(
        [
            says(talk, alice, "first"),
            says(talk, alice, " ", n=2),
            says(talk, alice, "x" * 5_000, n=2),
            says(talk, alice, "second", n=2),
        ]
    )

    assert [getattr(each, "code", "stored") for each in results] == [
        "stored",
        "empty",
        "too_long",
        "stored",
    ]
    assert sequences(talk) == [1, 2, 3, 4]


def test_a_repeat_gets_the_first_answer(alice: Citizen, talk: Consultation) -> None:
    post = says(talk, alice)
    first = one(post)

    again = one(post)

    assert (again.seq, again.text, again.created_at) == (first.seq, first.text, first.created_at)
    assert sequences(talk) == [1, 2, 3]


def test_a_repeat_within_one_batch_is_stored_once(alice: Citizen, talk: Consultation) -> None:
    post = says(talk, alice)

    first, again = append([post, post])

    assert isinstance(first, Stored)
    assert isinstance(again, Stored)
    assert (again.seq, again.fresh) == (first.seq, False)


def test_a_repeat_is_answered_after_the_end(alice: Citizen, talk: Consultation) -> None:
    post = says(talk, alice)
    first = one(post)
    end(consultation=talk, reason=Consultation.CloseReason.ANSWERED)

    assert one(post).seq == first.seq
    assert one(says(talk, alice, n=2)) == Rejected(code="closed")


def test_a_repeat_of_somebody_who_gave_it_away_is_answered_too(
    oscar: User, olga: User, topic: Topic, talk: Consultation, on_duty: GoingOnDuty
) -> None:
    post = says(talk, oscar)
    first = one(post)
    on_duty(olga)
    hand_over(consultation=talk, handover=Handover(topic, "for Olga"), counsellor=oscar)

    assert one(post).seq == first.seq
    assert one(says(talk, oscar, n=2)) == Rejected(code="not_held")
    assert isinstance(one(says(talk, olga, stream="hers")), Stored)


def test_the_place_of_a_message_is_not_given_twice(alice: Citizen, talk: Consultation) -> None:
    one(says(talk, alice, "mine"))

    assert one(says(talk, alice, "another for the same place")) == Rejected(code="repeated")


def test_what_would_overtake_is_sent_back(alice: Citizen, talk: Consultation) -> None:
    assert one(says(talk, alice, n=3)) == Rejected(code="gap", expect=1)
    one(says(talk, alice, n=1))
    assert one(says(talk, alice, n=3)) == Rejected(code="gap", expect=2)
    assert one(says(talk, alice, n=0)) == Rejected(code="gap", expect=2)


def test_streams_are_counted_by_themselves(alice: Citizen, talk: Consultation) -> None:
    results = append(
        [says(talk, alice, n=1, stream="one tab"), says(talk, alice, n=1, stream="another")]
    )

    assert all(isinstance(each, Stored) for each in results)


def test_a_batch_may_speak_in_many_conversations(
    alice: Citizen, mallet: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    hers, his = asks(alice), asks(mallet)

    results = append(
        [
            says(hers, alice, "1"),
            says(his, mallet, "1"),
            says(his, alice, "not mine"),
            says(hers, oscar, "2", stream="console"),
            says(his, oscar, "2", stream="console"),
        ]
    )

    assert [getattr(each, "seq", 0) for each in results] == [3, 3, 0, 4, 4]
    assert sequences(hers) == sequences(his) == [1, 2, 3, 4]


def test_whose_turn_it_is_follows_who_spoke_last(
    alice: Citizen, oscar: User, talk: Consultation
) -> None:
    Awaiting = Consultation.Awaiting  # noqa: N806
    one(says(talk, oscar, stream="his"))
    talk.refresh_from_db()
    assert (talk.awaiting, talk.first_reply_at is None) == (Awaiting.CITIZEN, False)

    Consultation.objects.filter(pk=talk.pk).update(silence_noticed_at=timezone.now())
    one(says(talk, alice))
    talk.refresh_from_db()
    since = talk.awaiting_since
    assert (talk.awaiting, talk.silence_noticed_at) == (Awaiting.COUNSELLOR, None)

    one(says(talk, alice, n=2))
    talk.refresh_from_db()
    assert talk.awaiting_since == since
