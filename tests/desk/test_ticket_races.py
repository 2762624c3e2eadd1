"""Tickets that are made and taken at the same moment."""

from functools import partial

import pytest

from accounts.models import User
from agency.models import Topic
from chat.operations import end
from consult.models import Citizen, Consultation
from consult.operations.asking import Asked
from desk.models import Ticket
from desk.operations import become_ticket, claim, draft_from, file_question, open_ticket
from tests.at_once import THREADS, at_once
from tests.clock import sweep_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_form_sent_twice_at_the_same_moment_is_one_ticket(alice: Citizen, topic: Topic) -> None:
    asked = Asked(text="سؤال", language="fa", topic=topic)

    tickets = at_once(
        [lambda: file_question(asked=asked, ticket_type="question", citizen=alice)] * 4
    )

    assert len({each.pk for each in tickets}) == Ticket.objects.count() == 1


def test_becoming_a_ticket_and_being_ended_meet_without_a_deadlock(
    alice: Citizen, oscar: User, talk: Consultation
) -> None:
    reason = Consultation.CloseReason.ANSWERED

    at_once(
        [
            lambda: become_ticket(consultation=talk),
            lambda: end(consultation=talk, reason=reason),
            lambda: become_ticket(consultation=talk, actor=oscar),
            sweep_once,
        ]
    )

    talk.refresh_from_db()
    assert talk.is_closed
    assert Ticket.objects.get().consultation == talk


def test_a_ticket_is_taken_by_one(oscar: User, olga: User, talk: Consultation) -> None:
    ticket = become_ticket(consultation=talk)

    won = at_once([partial(claim, ticket=ticket, actor=each) for each in (oscar, olga)])

    assert sorted(won) == [False, True]
    ticket.refresh_from_db()
    assert ticket.assignee == [oscar, olga][won.index(True)]
    assert ticket.changes.filter(field="assignee").count() == 1


def test_one_conversation_registered_by_several_at_once_is_one_ticket(talk: Consultation) -> None:
    draft = draft_from(talk)

    born = at_once([partial(open_ticket, case=talk.case, draft=draft, consultation=talk)] * THREADS)

    assert set(born) == {Ticket.objects.get()}
    assert talk.messages.filter(text="ticket").count() == 1
