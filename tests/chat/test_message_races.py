"""Messages that arrive at the same moment."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from chat.ledger import append
from chat.posts import Post, Stored
from consult.models import Citizen, Consultation
from tests.at_once import THREADS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_writers_give_every_message_its_own_sequence(
    alice: Citizen, oscar: User, talk: Consultation
) -> None:
    def writing(number: int) -> Callable[[], Any]:
        who = alice if number % 2 else oscar
        return lambda: [
            append(
                [
                    Post(
                        consultation=talk.pk,
                        person=who,
                        stream=f"page {number}",
                        n=n,
                        client_id=str(uuid4()),
                        text="word",
                    )
                ]
            )[0]
            for n in range(1, 6)
        ]

    answers = at_once([writing(number) for number in range(THREADS)])

    assert all(isinstance(each, Stored) for given in answers for each in given)
    seqs = list(talk.messages.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, 2 + 5 * THREADS + 1))


def test_the_same_message_from_eight_threads_is_stored_once(
    alice: Citizen, talk: Consultation
) -> None:
    post = Post(
        consultation=talk.pk, person=alice, stream="page", n=1, client_id="mine", text="once"
    )

    answers = at_once([lambda: append([post])[0]] * THREADS)

    assert {each.seq for each in answers} == {3}
    assert talk.messages.filter(client_id="mine").count() == 1
