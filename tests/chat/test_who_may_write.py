"""Who may write into a conversation, and who may not, whatever they claim."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from chat.posts import Rejected, Stored
from consult.models import Access, Citizen, Consultation, Person
from tests.chat.writing import one, says, sequences
from tests.people import Asking

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


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
