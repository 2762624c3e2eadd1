"""Where each outbox stands: counted with the consultation, and never twice the same name."""

from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from chat.ledger import append
from chat.posts import Post, Rejected, Result, Stored
from chat.shelf.rows import OUTBOXES
from consult.models import Citizen, Consultation, Person
from tests.people import Asking, GoingOnDuty


@pytest.fixture
def talk(alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty) -> Consultation:
    on_duty(oscar)
    return asks(alice)


def says(talk: Consultation, person: Person, n: int, stream: str = "page", name: str = "") -> Post:
    return Post(
        consultation=talk.pk,
        person=person,
        stream=stream,
        n=n,
        client_id=name or str(uuid4()),
        text="سلام",
    )


def one(post: Post) -> Result:
    [result] = append([post])
    return result


def outboxes(talk: Consultation) -> list[Any]:
    return list(Consultation.objects.values_list("outboxes", flat=True).get(pk=talk.pk))


def test_each_outbox_is_counted_and_the_last_used_stands_last(
    alice: Citizen, oscar: User, talk: Consultation
) -> None:
    append([says(talk, alice, 1), says(talk, alice, 2), says(talk, oscar, 1, "console")])
    one(says(talk, alice, 3))

    assert outboxes(talk)[1:] == [["console", 1, "counsellor"], ["page", 3, "citizen"]]


@pytest.mark.django_db(transaction=True)
def test_a_name_used_again_further_on_is_a_repeat_and_harms_no_neighbour(
    alice: Citizen, oscar: User, talk: Consultation
) -> None:
    first = says(talk, alice, 1)
    stored = one(first)
    assert isinstance(stored, Stored)

    again, neighbour = append(
        [says(talk, alice, 2, name=first.client_id), says(talk, oscar, 1, "console")]
    )

    assert isinstance(again, Stored)
    assert (again.seq, again.fresh) == (stored.seq, False)
    assert isinstance(neighbour, Stored)
    assert neighbour.fresh
    assert one(says(talk, alice, 3)) == Rejected(code="gap", expect=2)
    assert isinstance(one(says(talk, alice, 2)), Stored)


def test_only_so_many_are_remembered_and_a_forgotten_one_still_repeats_nothing(
    alice: Citizen, talk: Consultation
) -> None:
    first = says(talk, alice, 1, "the first")
    stored = one(first)
    for number in range(OUTBOXES):
        one(says(talk, alice, 1, f"page {number}"))

    again = one(first)

    assert len(outboxes(talk)) == OUTBOXES
    assert isinstance(stored, Stored)
    assert isinstance(again, Stored)
    assert (again.seq, again.fresh) == (stored.seq, False)


def test_what_comes_next_is_not_asked_for_by_name(alice: Citizen, talk: Consultation) -> None:
    one(says(talk, alice, 1))

    with CaptureQueriesContext(connection) as queries:
        one(says(talk, alice, 2))

    assert not [each for each in queries if "m.client_id" in each["sql"]]


def test_a_conversation_from_before_goes_on_where_it_stopped(
    alice: Citizen, oscar: User, talk: Consultation
) -> None:
    append([says(talk, alice, 1), says(talk, oscar, 1, "console"), says(talk, alice, 2)])
    counted = outboxes(talk)
    Consultation.objects.update(outboxes=[])

    import_module("chat.migrations.0003_outboxes").say_where_they_stand(apps, None)

    assert len(counted) == 3  # The question was asked in a form.
    assert outboxes(talk) == counted
