"""What one bad message harms, and a database that is away: nothing that was or will be stored."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from accounts.models import User
from chat.ledger import BUSY, append, write
from chat.models import Message
from chat.posts import Rejected, Stored
from consult.models import Citizen, Consultation
from tests.chat.writing import one, says, sequences
from tests.people import Asking, GoingOnDuty

pytestmark = pytest.mark.django_db


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
