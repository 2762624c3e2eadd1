"""The pages of the staff: the console, a ticket opened from it, the desk."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Role, User
from agency.models import Topic, Unit
from catalog.models import ServiceCard
from chat.models import Message
from chat.operations import end
from consult.models import Citizen, Consultation, Duty
from desk.models import Ticket
from desk.operations import become_ticket
from tests.people import Asking, GoingOnDuty, browser_of
from trust.models import AuditEntry, SealedOriginal

pytestmark = pytest.mark.django_db


def test_a_duty_is_begun_paused_resumed_and_ended_with_forms_alone(
    alice: Citizen, oscar: User, topic: Topic, asks: Asking
) -> None:
    browser, url = browser_of(oscar), reverse("desk:change-duty")
    waiting = asks(alice)

    def state() -> str:
        found = Duty.objects.order_by("-pk").first()
        return found.state if found else ""

    terms: dict[str, Any] = {
        "action": "start",
        "topics": [topic.pk],
        "languages": ["fa"],
        "capacity": 2,
    }
    for name, wrong in (("capacity", 0), ("capacity", "x"), ("topics", []), ("languages", ["de"])):
        assert browser.post(url, {**terms, name: wrong}).status_code == 422
    assert state() == ""

    for action, becomes in (
        (terms, "available"),
        ({"action": "break", "reason": "tea"}, "break"),
        ({"action": "available"}, "available"),
        ({"action": "nonsense"}, "available"),
        ({"action": "drain"}, "draining"),
        ({"action": "off"}, "off"),
        ({"action": "off"}, "off"),
    ):
        assert browser.post(url, action).status_code == 302
        assert state() == becomes
    waiting.refresh_from_db()
    assert (waiting.state, waiting.epoch) == ("waiting", 1)


def test_a_reply_a_card_and_the_end_with_forms_alone(
    oscar: User, wages: ServiceCard, talk: Consultation
) -> None:
    browser = browser_of(oscar)
    place = {"stream": "page", "client_id": uuid4()}

    def act(name: str, **typed: Any) -> int:
        status: int = browser.post(reverse(name, args=[talk.pk]), typed).status_code
        return status

    assert act("desk:post-reply", text="", n=1, **place) == 422
    assert act("desk:post-reply", text="Hello {name}", n=1, **place) == 422
    assert act("desk:post-reply", text="Hello", n=1, **place) == 302
    assert act("desk:link-card", card=wages.slug) == 302
    cite = {"stream": "cite", "n": 1, "client_id": uuid4(), "card": wages.slug}
    assert act("chat:cite-card", field="documents", **cite) == 302
    assert act("chat:cite-card", field="nonsense", **cite) == 404
    assert act("desk:close-consultation", reason="became_ticket") == 422
    assert act("desk:close-consultation", reason="answered", epoch=talk.epoch) == 302
    assert act("desk:wrap-up", outcome="") == 422
    assert act("desk:wrap-up", outcome="solved", card_answered="no", failed_field="fee") == 302

    talk.refresh_from_db()
    assert (talk.state, talk.card, talk.card_answered) == ("closed", wages, False)
    cited = Message.objects.get(edition__isnull=False)
    assert (cited.edition, cited.field) == (wages.edition_in_force(), "documents")
    assert "قرارداد کار" in cited.text


def test_an_old_page_of_the_console_cannot_end_what_went_on(
    oscar: User, talk: Consultation
) -> None:
    url = reverse("desk:close-consultation", args=[talk.pk])

    browser_of(oscar).post(url, {"reason": "answered", "epoch": talk.epoch + 1})

    talk.refresh_from_db()
    assert talk.state == "active"


def test_a_ticket_is_opened_from_the_conversation_with_what_it_says(
    oscar: User, labour: Unit, talk: Consultation
) -> None:
    browser, url = browser_of(oscar), reverse("desk:open-ticket", args=[talk.pk])

    page = browser.get(url)
    assert talk.messages.get(seq=1).text in page.content.decode()
    typed = {"subject": "the-subject", "text": "", "type": "request", "unit": labour.pk}
    typed |= {"impact": "high", "urgency": "high"}
    refused = browser.post(url, typed)
    assert (refused.status_code, "the-subject" in refused.content.decode()) == (422, True)
    for _ in range(2):
        assert browser.post(url, typed | {"text": "what is asked"}).status_code == 302

    ticket = Ticket.objects.get()
    assert (ticket.consultation, ticket.priority) == (talk, 1)
    assert browser.get(url).headers["Location"] == ticket.get_absolute_url()


def test_the_desk_works_on_a_ticket_with_forms_alone(oscar: User, talk: Consultation) -> None:
    ticket = become_ticket(consultation=talk)
    browser, url = browser_of(oscar), ticket.get_absolute_url()

    def act(**typed: Any) -> int:
        status: int = browser.post(url, typed).status_code
        return status

    assert act(action="claim") == 302
    assert act(action="status", status="in_progress") == 302
    assert act(action="status", status="resolved") == 302  # Refused: no answer yet.
    assert act(action="follow_up", text="", is_public="true", client_id=uuid4()) == 422
    assert act(action="follow_up", text="an answer", is_public="true", client_id=uuid4()) == 302
    assert act(action="status", status="resolved") == 302
    assert act(action="nonsense") == 302

    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.status) == (oscar, "resolved")
    steps = ticket.changes.filter(field="status").values_list("after", flat=True)
    assert list(steps) == ["new", "in_progress", "resolved"]


def test_what_a_mask_covers_is_shown_to_the_holder_with_a_reason_and_a_trace(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    asks(alice, "کد ملی من 0013542419 است")
    url = reverse("chat:reveal", args=[SealedOriginal.objects.get().pk])
    browser = browser_of(oscar)

    assert "0013542419" not in browser.post(url, {"reason": ""}, follow=True).content.decode()
    assert not AuditEntry.objects.filter(action="revealed").exists()

    shown = browser.post(url, {"reason": "to call back"})
    assert "0013542419" in shown.content.decode()
    assert AuditEntry.objects.get(action="revealed").reason == "national_id: to call back"
    assert "no-store" in shown.headers.get("Cache-Control", "")


def test_opening_an_ended_conversation_or_a_ticket_leaves_a_line(
    oscar: User, talk: Consultation
) -> None:
    end(consultation=talk, reason=Consultation.CloseReason.ANSWERED)
    ticket = become_ticket(consultation=talk)
    browser = browser_of(oscar)

    browser.get(reverse("desk:console-consultation", args=[talk.pk]))
    browser.get(ticket.get_absolute_url())

    read = AuditEntry.objects.values_list("action", flat=True)
    assert list(read) == ["read_consultation", "read_ticket"]


def test_what_ended_meanwhile_is_neither_handed_over_nor_linked_and_that_is_said(
    oscar: User, general: Topic, wages: ServiceCard, talk: Consultation
) -> None:
    browser = browser_of(oscar)
    end(consultation=talk, reason=Consultation.CloseReason.CITIZEN_LEFT)

    for name, typed in (
        ("desk:transfer", {"topic": general.pk, "summary": "yours"}),
        ("desk:link-card", {"card": wages.slug}),
    ):
        answer = browser.post(reverse(name, args=[talk.pk]), typed, follow=True)
        assert answer.status_code == 200
        assert "این گفت‌وگو دیگر با شما نیست." in answer.content.decode()

    talk.refresh_from_db()
    assert (talk.state, talk.card, talk.summary) == ("closed", None, "")


def test_who_merely_may_read_it_opens_no_ticket_from_it(
    sara: User, labour: Unit, talk: Consultation
) -> None:
    sara.posts.create(role=Role.COUNSELLOR, unit=labour)
    url = reverse("desk:open-ticket", args=[talk.pk])

    assert browser_of(sara).get(url).status_code == 404
    assert browser_of(sara).post(url).status_code == 404


def test_a_number_beyond_every_outbox_is_refused_at_the_form(
    oscar: User, talk: Consultation
) -> None:
    url = reverse("desk:post-reply", args=[talk.pk])
    typed = {"stream": "page", "client_id": uuid4(), "text": "Hello"}

    assert browser_of(oscar).post(url, {**typed, "n": 2**63}).status_code == 422


def test_a_digit_that_is_no_number_chooses_no_topic(oscar: User) -> None:
    terms = {"action": "start", "topics": ["²"], "languages": ["fa"], "capacity": 2}

    assert browser_of(oscar).post(reverse("desk:change-duty"), terms).status_code == 422


def test_why_a_mask_was_lifted_is_covered_itself(
    alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty
) -> None:
    on_duty(oscar)
    asks(alice, "کد ملی من 0013542419 است")
    url = reverse("chat:reveal", args=[SealedOriginal.objects.get().pk])

    browser_of(oscar).post(url, {"reason": "کد ملی 0013542419"})

    assert "0013542419" not in AuditEntry.objects.get(action="revealed").reason
