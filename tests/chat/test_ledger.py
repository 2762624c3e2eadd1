"""The one way into the transcript: sequences, repeats, refusals, and what a bad one harms."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from accounts.models import User
from agency.models import Topic
from chat.ledger import BUSY, append, write
from chat.models import Message
from chat.operations import end, hand_over
from chat.page import subject_of
from chat.posts import MAX_LENGTH, Post, Rejected, Stored
from consult.models import Access, Citizen, Consultation, Person
from consult.operations.transferring import Handover
from tests.people import Asking, GoingOnDuty
from trust.models import SealedOriginal
from trust.vault import unseal

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db

IDENTITY = "0013542419"


def says(consultation: Consultation, person: Person, text: str = "hello", **more: Any) -> Post:
    fields = {"stream": "page", "n": 1, "client_id": str(uuid4()), **more}
    return Post(consultation=consultation.pk, person=person, text=text, **fields)


def one(post: Post) -> Any:
    return append([post])[0]


def sequences(consultation: Consultation) -> list[int]:
    return list(consultation.messages.order_by("seq").values_list("seq", flat=True))


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


def test_nobody_writes_into_the_outbox_of_the_other(
    alice: Citizen, oscar: User, talk: Consultation
) -> None:
    one(says(talk, oscar, stream="his", n=1))

    assert isinstance(one(says(talk, alice, stream="his", n=2)), Rejected)
    assert isinstance(one(says(talk, oscar, stream="his", n=2)), Stored)


def test_nobody_speaks_on_the_stream_of_the_system(alice: Citizen, talk: Consultation) -> None:
    assert one(says(talk, alice, stream="system")) == Rejected(code="repeated")
    assert one(says(talk, alice, stream="system", n=7)) == Rejected(code="repeated")


@pytest.mark.parametrize("who", ["mallet", "olga", "mallory", "sara"])
def test_a_stranger_is_refused_whatever_they_claim_to_repeat(
    alice: Citizen,
    talk: Consultation,
    request: pytest.FixtureRequest,
    who: str,
) -> None:
    post = says(talk, alice, "for Oscar")
    one(post)
    stranger: Person = request.getfixturevalue(who)
    expected = "not_yours" if isinstance(stranger, Citizen) else "not_held"

    for attempt in (
        says(talk, stranger),
        says(talk, stranger, client_id=post.client_id),
        says(talk, stranger, stream=post.stream, n=1),
        says(talk, stranger, stream=post.stream, n=2),
    ):
        assert one(attempt) == Rejected(code=expected)
    assert sequences(talk) == [1, 2, 3]


def test_a_conversation_that_does_not_exist_is_nobodys(alice: Citizen, talk: Consultation) -> None:
    talk.pk = uuid4()

    assert one(says(talk, alice)) == Rejected(code="not_yours")


@pytest.mark.parametrize(
    "loss",
    [{"expires_at": LONG_AGO}, {"revoked_at": LONG_AGO}],
    ids=["late", "revoked"],
)
def test_a_citizen_whose_access_is_over_is_refused(
    alice: Citizen, talk: Consultation, loss: dict[str, Any]
) -> None:
    Access.objects.filter(citizen=alice).update(**loss)

    assert one(says(talk, alice)) == Rejected(code="not_yours")


def test_a_waiting_citizen_may_go_on_writing(alice: Citizen, asks: Asking) -> None:
    waiting = asks(alice)

    assert isinstance(one(says(waiting, alice, "and one more thing")), Stored)


@pytest.mark.parametrize("text", ["", " \n\t ", "\u202e\u2066", "\x00\x07", "\u200b\ufeff"])
def test_there_must_be_something_to_read(alice: Citizen, talk: Consultation, text: str) -> None:
    assert one(says(talk, alice, text)) == Rejected(code="empty")


def test_a_text_has_four_thousand_characters_and_not_one_more(
    alice: Citizen, talk: Consultation
) -> None:
    assert isinstance(one(says(talk, alice, "ب" * MAX_LENGTH)), Stored)
    assert one(says(talk, alice, "ب" * (MAX_LENGTH + 1), n=2)) == Rejected(code="too_long")
    assert isinstance(one(says(talk, alice, "ب" * MAX_LENGTH + " \r\n", n=2)), Stored)


def test_control_characters_and_direction_tricks_are_taken_out(
    alice: Citizen, talk: Consultation
) -> None:
    message = one(says(talk, alice, "a\x00b\x1b[31mc\u202edcba\u2069\r\nd"))

    assert Message.objects.get(pk=(message.consultation, message.seq)).text == "ab[31mcdcba\nd"


def test_personal_data_is_covered_before_it_is_stored_and_kept_in_the_vault(
    alice: Citizen, talk: Consultation
) -> None:
    message = one(says(talk, alice, f"کد ملی من {IDENTITY} است"))

    stored = Message.objects.get(pk=(message.consultation, message.seq))
    sealed = SealedOriginal.objects.get(subject_id=subject_of(stored)[1])
    assert IDENTITY not in stored.text + stored.folded
    assert (stored.masked, sealed.kind) == (["national_id"], "national_id")
    assert unseal(sealed.ciphertext) == IDENTITY
    assert IDENTITY.encode() not in bytes(sealed.ciphertext)


def test_a_counsellors_words_are_covered_too(oscar: User, talk: Consultation) -> None:
    assert IDENTITY not in one(says(talk, oscar, f"کد ملی شما {IDENTITY} است؟")).text


def test_what_opens_or_pays_is_kept_nowhere(alice: Citizen, talk: Consultation) -> None:
    message = one(says(talk, alice, "شماره کارتم 6037991234567893 و رمز دوم 845123 است"))

    assert "6037991234567893" not in message.text
    kept = SealedOriginal.objects.filter(subject_id=subject_of(message)[1])
    assert [unseal(each.ciphertext) for each in kept] == []


def test_a_reply_with_an_unfilled_place_is_not_sent(
    alice: Citizen, oscar: User, talk: Consultation
) -> None:
    assert one(says(talk, oscar, "Hello {name}")) == Rejected(code="unfilled")
    assert isinstance(one(says(talk, oscar, "Hello {friend}")), Stored)
    assert isinstance(one(says(talk, alice, "what is {name}?", stream="hers")), Stored)


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


def test_the_database_gives_no_sequence_and_no_name_twice(
    alice: Citizen, talk: Consultation
) -> None:
    stored = one(says(talk, alice))
    same = {"consultation": talk, "role": "citizen", "text": "x", "folded": ""}

    for clash in (
        {"seq": stored.seq, "stream": "other", "n": 1, "client_id": "other"},
        {"seq": 99, "stream": "other", "n": 1, "client_id": stored.client_id},
        {"seq": 0, "stream": "other", "n": 1, "client_id": "other"},
        {"seq": 99, "stream": "other", "n": 0, "client_id": "other"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message(**same, **clash).save(force_insert=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_message_that_breaks_the_database_takes_no_neighbour_down(
    alice: Citizen,
    mallet: Citizen,
    oscar: User,
    asks: Asking,
    on_duty: GoingOnDuty,
    place: int,
) -> None:
    on_duty(oscar)
    hers, his = asks(alice), asks(mallet)
    posts = [says(hers, alice, "good"), says(hers, oscar, "good", stream="console")]
    posts.insert(place, says(his, oscar, "for a place that is taken"))
    take_the_next_place(his)

    results = append(posts)

    broken = results.pop(place)
    assert isinstance(broken, Rejected)
    assert (broken.code, broken.retry_ms is None) == ("busy", False)
    assert all(isinstance(each, Stored) for each in results)
    assert sequences(hers) == [1, 2, 3, 4]
    assert not his.messages.filter(text="for a place that is taken").exists()


@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_away_everybody_is_asked_for_patience_and_nothing_is_lost(
    alice: Citizen, oscar: User, talk: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = [says(talk, alice, stream="hers"), says(talk, oscar, stream="his")]
    connection.close()
    with monkeypatch.context() as outage:
        outage.setattr(connection, "get_new_connection", away)
        assert write(posts) == [BUSY, BUSY]

    assert all(isinstance(each, Stored) for each in write(posts))


def away(_parameters: Any) -> Any:
    raise OperationalError("nobody answers")


def take_the_next_place(consultation: Consultation) -> None:
    """What should never happen: a message of which the conversation itself does not know."""
    Message.objects.create(
        consultation=consultation,
        seq=3,
        role=Message.Role.COUNSELLOR,
        stream="astray",
        n=1,
        client_id="astray",
        text="astray",
        folded="",
    )


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_before_it_is_stored(
    alice: Citizen, talk: Consultation, sent: Sequence[Any]
) -> None:
    with transaction.atomic():
        append([says(talk, alice, "never")])
        transaction.set_rollback(True)

    assert not sent
    assert sequences(talk) == [1, 2]

    append([says(talk, alice, "now")])
    assert [event.text for event in sent] == ["now"]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is told about messages, from now on."""
    told: list[Any] = []
    spread: Callable[..., None] = lambda heap: told.extend(each.event for each in heap)  # noqa: E731
    monkeypatch.setattr("live.publish.spread", spread)
    return told
