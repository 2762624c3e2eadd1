"""Django's admin, on the sample data: what an administrator and an editor may open."""

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.models import User
from consult.models import Consultation
from desk.models import Ticket
from desk.operations import become_ticket
from trust.models import AuditEntry

pytestmark = pytest.mark.django_db

MANAGED = [model for model in admin.site._registry if model._meta.app_label != "auth"]


@pytest.fixture
def sample(db: None) -> None:
    """The sample agency with its demo people."""
    call_command("load_sample", verbosity=0)


def page(model: type[models.Model], name: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


@pytest.mark.parametrize("model", MANAGED, ids=lambda model: model._meta.model_name)
def test_an_administrator_opens_every_list_and_form(
    model: type[models.Model], sample: None, client: Client
) -> None:
    client.force_login(User.objects.get(username="admin"))
    first = model._default_manager.first()

    assert client.get(page(model, "changelist")).status_code == 200
    assert client.get(page(model, "add")).status_code in {200, 403}
    if first is not None:
        assert client.get(page(model, "change", first.pk)).status_code == 200


def test_people_topics_cards_and_replies_can_be_added(sample: None, client: Client) -> None:
    client.force_login(User.objects.get(username="admin"))

    for label in ("accounts.user", "agency.topic", "catalog.servicecard", "chat.cannedreply"):
        app, name = label.split(".")
        assert client.get(reverse(f"admin:{app}_{name}_add")).status_code == 200


@pytest.mark.parametrize("username", ["maryam", "elham", "mina"])
def test_counsellors_and_editors_are_sent_away(sample: None, client: Client, username: str) -> None:
    client.force_login(User.objects.get(username=username))

    assert client.get(reverse("admin:index")).status_code == 302
    assert client.get(reverse("admin:catalog_servicecard_changelist")).status_code == 302


def test_an_audit_line_can_be_read_but_not_written(sample: None, client: Client) -> None:
    client.force_login(User.objects.get(username="admin"))

    assert client.get(reverse("admin:trust_auditentry_changelist")).status_code == 200
    assert client.get(reverse("admin:trust_auditentry_add")).status_code == 403


def test_a_ticket_is_given_to_somebody_here_not_rewritten_and_both_leave_a_line(
    oscar: User, talk: Consultation, client: Client
) -> None:
    ticket = become_ticket(consultation=talk)
    client.force_login(User.objects.create_superuser(username="root"))
    url = page(Ticket, "change", ticket.pk)

    assert client.get(url).status_code == 200
    assert AuditEntry.objects.get().action == "read_ticket"
    typed = {"subject": "rewritten", "text": "rewritten", "status": "closed", "priority": 1}
    lines = {"follow_ups-TOTAL_FORMS": 0, "follow_ups-INITIAL_FORMS": 0}
    owner = {"unit": ticket.unit_id, "assignee": oscar.pk}
    assert client.post(url, typed | lines | owner).status_code == 302

    before = (ticket.subject, ticket.text, ticket.status, ticket.priority)
    ticket.refresh_from_db()
    assert (ticket.subject, ticket.text, ticket.status, ticket.priority) == before
    assert ticket.assignee == oscar
    last = AuditEntry.objects.order_by("-pk")[0]
    assert (last.action, last.subject_id, last.reason) == ("changed", str(ticket.pk), "assignee")


def test_nothing_that_was_said_or_promised_is_deleted_here(
    talk: Consultation, client: Client
) -> None:
    ticket = become_ticket(consultation=talk)
    client.force_login(User.objects.create_superuser(username="root"))

    assert client.get(page(Ticket, "delete", ticket.pk)).status_code == 403
    assert "delete_selected" not in client.get(page(Ticket, "changelist")).content.decode()
    assert not [each for each in MANAGED if each._meta.app_label == "consult"]
