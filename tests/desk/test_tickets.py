"""What happens to a ticket, from its birth to its end."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from agency.models import Topic
from chat.operations import end
from consult.models import Citizen, Consultation
from consult.operations.asking import Asked
from desk.models import Ticket
from desk.operations import (
    Draft,
    add_follow_up,
    become_ticket,
    cancel,
    change_status,
    claim,
    file_question,
    open_ticket,
)
from desk.queries import steps
from tests.people import Asking
from trust.models import SealedOriginal

pytestmark = pytest.mark.django_db

Status = Ticket.Status
IDENTITY = "0013542419"


def says(ticket: Ticket, author: User | None, text: str = "word", *, public: bool = True) -> None:
    add_follow_up(ticket=ticket, text=text, author=author, is_public=public, client_id=uuid4())


def moves(ticket: Ticket, *statuses: str, actor: User, note: str = "") -> None:
    for status in statuses:
        change_status(ticket=ticket, status=status, actor=actor, note=note)
    ticket.refresh_from_db()


def refused(ticket: Ticket, status: str, actor: User, note: str = "") -> str | None:
    with pytest.raises(ValidationError) as refusal:
        change_status(ticket=ticket, status=status, actor=actor, note=note)
    return refusal.value.code


def test_a_conversation_becomes_a_ticket_and_nothing_is_retyped(
    alice: Citizen, talk: Consultation, ticket: Ticket
) -> None:
    talk.refresh_from_db()
    assert (ticket.case, ticket.consultation, ticket.unit) == (talk.case, talk, talk.topic.unit)
    assert ticket.text == talk.messages.get(seq=1).text
    assert ticket.subject == talk.case.subject
    assert (talk.state, talk.close_reason) == ("closed", "became_ticket")
    assert ticket.created_at < ticket.first_response_due_at < ticket.resolution_due_at


def test_a_conversation_becomes_one_ticket_however_often_it_is_asked(
    oscar: User, talk: Consultation, ticket: Ticket
) -> None:
    again = become_ticket(consultation=talk, actor=oscar)

    assert again == ticket
    assert talk.messages.filter(text="ticket").count() == 1


def test_an_ended_conversation_that_did_not_help_becomes_one_too(talk: Consultation) -> None:
    end(consultation=talk, reason=Consultation.CloseReason.ANSWERED)

    become_ticket(consultation=talk)

    talk.refresh_from_db()
    assert talk.close_reason == "answered"
    assert talk.messages.order_by("-seq")[0].text == "ticket"


def test_a_written_question_has_a_case_and_a_ticket(alice: Citizen, topic: Topic) -> None:
    asked = Asked(text=f"کد ملی {IDENTITY}. چه کنم؟", language="fa", topic=topic)

    ticket = file_question(asked=asked, ticket_type="complaint", citizen=alice)
    again = file_question(asked=asked, ticket_type="complaint", citizen=alice)

    assert again == ticket
    assert (ticket.type, ticket.status, ticket.priority) == ("complaint", "new", 3)
    assert IDENTITY not in ticket.text + ticket.subject + ticket.folded
    assert SealedOriginal.objects.get().subject_id == str(ticket.pk)
    assert Ticket.objects.visible_to(alice).get() == ticket


def test_what_is_urgent_for_the_topic_is_urgent_for_the_desk(alice: Citizen, topic: Topic) -> None:
    topic.urgent = True
    asked = Asked(text="چه کنم؟", language="fa", topic=topic)

    assert file_question(asked=asked, ticket_type="report", citizen=alice).priority == 1


def test_what_the_staff_writes_is_covered_too(oscar: User, talk: Consultation) -> None:
    draft = Draft(
        unit=talk.topic.unit, type="request", subject=f"ک {IDENTITY}", text=f"کد ملی {IDENTITY}"
    )

    ticket = open_ticket(case=talk.case, draft=draft, consultation=talk, actor=oscar)
    says(ticket, oscar, f"کد ملی {IDENTITY}")

    stored = [ticket.subject, ticket.text, ticket.folded, ticket.follow_ups.get().text]
    assert not any(IDENTITY in each for each in stored)


def test_a_ticket_goes_step_by_step_and_every_step_leaves_a_line(
    oscar: User, ticket: Ticket
) -> None:
    moves(ticket, "in_progress", actor=oscar)
    says(ticket, oscar, "Here is the answer.")
    moves(ticket, "resolved", "closed", actor=oscar)

    lines = ticket.changes.values_list("before", "after", "actor")
    assert list(lines) == [
        ("", "new", None),
        ("new", "in_progress", oscar.pk),
        ("in_progress", "resolved", oscar.pk),
        ("resolved", "closed", oscar.pk),
    ]
    assert ticket.resolved_at is not None
    assert [each.state for each in steps(ticket)] == ["done", "done", "done", "current"]

    moves(ticket, "reopened", actor=oscar)
    assert ticket.resolved_at is None


@pytest.mark.parametrize("status", ["resolved", "closed", "reopened", "cancelled", "nonsense", ""])
def test_no_step_is_left_out(oscar: User, ticket: Ticket, status: str) -> None:
    assert refused(ticket, status, oscar) == "not_next"

    ticket.refresh_from_db()
    assert (ticket.status, ticket.changes.count()) == ("new", 1)


def test_a_refusal_gives_its_reason(oscar: User, ticket: Ticket) -> None:
    assert refused(ticket, "rejected", oscar, note="  ") == "reason"

    moves(ticket, "rejected", actor=oscar, note=f"not for us, {IDENTITY} کد ملی")

    assert IDENTITY not in ticket.changes.last().note  # type: ignore[union-attr]


def test_an_answer_is_something_the_citizen_can_read(oscar: User, ticket: Ticket) -> None:
    moves(ticket, "in_progress", actor=oscar)
    says(ticket, None, "any news?")
    says(ticket, oscar, "among us", public=False)
    assert refused(ticket, "resolved", oscar) == "answer"

    says(ticket, oscar, "yes")
    moves(ticket, "resolved", actor=oscar)
    assert ticket.status == Status.RESOLVED


def test_the_first_public_word_of_the_desk_is_the_first_answer(oscar: User, ticket: Ticket) -> None:
    for author, public in ((None, True), (oscar, False)):
        says(ticket, author, public=public)
        ticket.refresh_from_db()
        assert ticket.first_responded_at is None

    says(ticket, oscar)
    ticket.refresh_from_db()
    first = ticket.first_responded_at
    says(ticket, oscar)
    ticket.refresh_from_db()
    assert first == ticket.first_responded_at is not None


def test_the_citizens_answer_sets_a_waiting_ticket_going(oscar: User, ticket: Ticket) -> None:
    moves(ticket, "in_progress", "waiting_citizen", actor=oscar)

    says(ticket, None, "here it is")

    ticket.refresh_from_db()
    assert ticket.status == Status.IN_PROGRESS


def test_the_same_word_twice_is_one(oscar: User, ticket: Ticket) -> None:
    words = {"ticket": ticket, "text": "word", "author": oscar, "is_public": True}
    name = uuid4()

    assert add_follow_up(**words, client_id=name) == add_follow_up(**words, client_id=name)  # type: ignore[arg-type]
    assert ticket.follow_ups.count() == 1


def test_a_ticket_that_the_citizen_ended_takes_no_more_of_their_words(
    oscar: User, ticket: Ticket
) -> None:
    cancel(ticket=ticket)
    cancel(ticket=ticket)

    with pytest.raises(ValidationError):
        says(ticket, None)
    assert refused(ticket, "in_progress", oscar) == "not_next"
    assert ticket.changes.filter(after="cancelled").count() == 1


def test_an_answered_ticket_is_not_cancelled_any_more(oscar: User, ticket: Ticket) -> None:
    moves(ticket, "rejected", actor=oscar, note="not for us")

    cancel(ticket=ticket)

    ticket.refresh_from_db()
    assert ticket.status == Status.REJECTED


def test_a_ticket_is_claimed_once(oscar: User, olga: User, ticket: Ticket) -> None:
    assert claim(ticket=ticket, actor=oscar)
    assert not claim(ticket=ticket, actor=olga)
    assert not claim(ticket=ticket, actor=oscar)

    ticket.refresh_from_db()
    assert ticket.assignee == oscar


def test_the_same_name_on_another_ticket_is_another_word(
    alice: Citizen, ticket: Ticket, asks: Asking
) -> None:
    other, name = become_ticket(consultation=asks(alice)), uuid4()

    for each in (ticket, other):
        add_follow_up(ticket=each, text="word", author=None, is_public=True, client_id=name)

    assert (ticket.follow_ups.count(), other.follow_ups.count()) == (1, 1)
