"""Django's admin, on the sample data: what an administrator and an editor may open."""

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.models import User

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


def test_an_editor_finds_cards_and_nothing_of_the_people(sample: None, client: Client) -> None:
    client.force_login(User.objects.get(username="elham"))

    assert client.get(reverse("admin:catalog_servicecard_changelist")).status_code == 200
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 403


def test_a_counsellor_is_sent_away(sample: None, client: Client) -> None:
    client.force_login(User.objects.get(username="maryam"))

    assert client.get(reverse("admin:index")).status_code == 302


def test_an_audit_line_can_be_read_but_not_written(sample: None, client: Client) -> None:
    client.force_login(User.objects.get(username="admin"))

    assert client.get(reverse("admin:trust_auditentry_changelist")).status_code == 200
    assert client.get(reverse("admin:trust_auditentry_add")).status_code == 403
