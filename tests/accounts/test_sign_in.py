"""Signing in and out: limits, traces, and a key of one's own."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Post, Role, User
from agency.models import Skill, Topic, Unit
from tests.people import browser_of
from trust.models import Attempt, AuditEntry

pytestmark = pytest.mark.django_db

PASSWORD = "a long and quiet evening"
HERE, THERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def known(oscar: User) -> User:
    """Oscar, who has a password."""
    oscar.set_password(PASSWORD)
    oscar.save()
    return oscar


def signs_in(client: Client, password: str = PASSWORD, name: str = "oscar", at: str = HERE) -> int:
    typed = {"username": name, "password": password}
    return client.post(reverse("accounts:sign-in"), typed, REMOTE_ADDR=at).status_code


def test_name_and_password_open_the_console(known: User) -> None:
    client = Client()

    assert signs_in(client) == 302
    assert client.get(reverse("accounts:start")).headers["Location"] == reverse("desk:console")
    assert client.get(reverse("desk:console")).status_code == 200


def test_signing_in_changes_the_key_of_the_session(known: User) -> None:
    client = Client()
    client.get(reverse("accounts:sign-in"))
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted = session.session_key or ""

    signs_in(client)

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert (
        Client(headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={planted}"})
        .get(reverse("desk:console"))
        .headers["Location"]
        .startswith(reverse("accounts:sign-in"))
    )


def test_the_cookie_is_out_of_reach_of_scripts_and_other_pages(known: User) -> None:
    client = Client()
    signs_in(client)

    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.parametrize(("password", "name"), [("wrong", "oscar"), (PASSWORD, "nobody"), ("", "")])
def test_what_is_wrong_is_not_said(known: User, password: str, name: str) -> None:
    client = Client()

    assert signs_in(client, password, name) == 200
    assert client.get(reverse("desk:console")).status_code == 302


def test_a_closed_account_does_not_open(known: User) -> None:
    User.objects.update(is_active=False)

    assert signs_in(Client()) == 200


def test_too_many_wrong_tries_close_the_name_from_everywhere_for_an_hour(known: User) -> None:
    for number in range(settings.LIMITS["tries_per_code_an_hour"] * 2):
        signs_in(Client(), "wrong", "OSCAR" if number % 2 else "oscar", at=f"192.0.2.{number}")

    assert signs_in(Client(), at=THERE) == 200

    Attempt.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert signs_in(Client(), at=THERE) == 302


def test_too_many_names_from_one_address_close_the_address_alone(known: User) -> None:
    for number in range(settings.LIMITS["tries_per_address_an_hour"]):
        signs_in(Client(), "wrong", f"name{number}")

    assert signs_in(Client()) == 200
    assert signs_in(Client(), at=THERE) == 302


def test_coming_and_going_leave_a_line_each(known: User) -> None:
    client = Client()
    signs_in(client)
    client.post(reverse("accounts:sign-out"))

    lines = AuditEntry.objects.values_list("action", "actor", "address")
    assert list(lines) == [
        ("signed_in", known.pk, "203.0.113.0/24"),
        ("signed_out", known.pk, "127.0.0.0/24"),
    ]
    assert client.get(reverse("desk:console")).status_code == 302


def test_nobody_is_signed_out_by_a_link(known: User) -> None:
    client = browser_of(known)

    assert client.get(reverse("accounts:sign-out")).status_code == 405
    assert client.get(reverse("desk:console")).status_code == 200


def test_a_foreign_address_is_not_where_one_lands(known: User) -> None:
    typed = {"username": "oscar", "password": PASSWORD, "next": "https://evil.example/"}

    response = Client().post(reverse("accounts:sign-in"), typed)

    assert response.headers["Location"] == reverse("accounts:start")


@pytest.mark.parametrize(
    ("role", "start"),
    [
        (Role.COUNSELLOR, "desk:console"),
        (Role.SUPERVISOR, "oversight:board"),
        (Role.EDITOR, "editorial:list-cards"),
        (Role.ADMINISTRATOR, "admin:index"),
    ],
)
def test_everybody_begins_where_their_work_is(
    oscar: User, labour: Unit, role: Role, start: str
) -> None:
    oscar.posts.all().delete()
    Post.objects.create(person=oscar, role=role, unit=labour)

    response = browser_of(oscar).get(reverse("accounts:start"))

    assert response.headers["Location"] == reverse(start)


def test_a_role_counts_in_its_own_unit_alone(
    oscar: User, sara: User, mallory: User, labour: Unit, welfare: Unit
) -> None:
    assert list(sara.units_as(Role.SUPERVISOR)) == [labour]
    assert list(mallory.desk_units()) == [welfare]
    assert list(oscar.desk_units()) == [labour]
    assert list(oscar.units_as(Role.SUPERVISOR)) == []


def test_a_topic_is_known_to_whoever_has_all_its_skills(
    oscar: User, mallory: User, skill: Skill, topic: Topic, general: Topic
) -> None:
    topic.skills.add(Skill.objects.create(code="law", title_fa="حقوق"))

    assert list(Topic.objects.known_to(oscar.skills.all())) == [general]

    oscar.skills.add(*Skill.objects.all())
    assert set(Topic.objects.known_to(oscar.skills.all())) == {topic, general}
    assert list(Topic.objects.known_to(mallory.skills.all())) == [general]


def test_the_administration_has_no_door_without_a_limit(known: User) -> None:
    User.objects.update(is_staff=True)
    client, own = Client(), "/admin/login/?next=/admin/"
    for number in range(settings.LIMITS["tries_per_code_an_hour"] * 2):
        typed = {"username": "oscar", "password": "wrong"}
        answer = client.post(own, typed, follow=True, REMOTE_ADDR=f"192.0.2.{number}")
        door, asked = answer.redirect_chain[-1][0].split("?")
        assert (door, asked) == (reverse("accounts:sign-in"), "next=/admin/")
        signs_in(client, "wrong", at=f"192.0.2.{number}")
    client.post(own, {"username": "oscar", "password": PASSWORD}, follow=True)
    assert signs_in(client, at=THERE) == 200
    assert client.get("/admin/").status_code == 302


def test_who_signs_in_for_the_administration_lands_there_and_leaves_a_line(known: User) -> None:
    User.objects.update(is_staff=True)
    client = Client()
    door = client.get("/admin/", follow=True).redirect_chain[-1][0]

    landed = client.post(door, {"username": "oscar", "password": PASSWORD})
    assert landed.headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/login/").headers["Location"] == "/admin/"

    assert client.get("/admin/logout/").status_code == 405
    client.post("/admin/logout/")
    assert client.get("/admin/").status_code == 302
    lines = AuditEntry.objects.values_list("action", flat=True)
    assert list(lines) == ["signed_in", "signed_out"]


def test_who_has_no_rights_in_the_administration_is_not_sent_to_and_fro(known: User) -> None:
    assert browser_of(known).get("/admin/", follow=True).status_code == 404
