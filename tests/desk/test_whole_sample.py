"""On the whole of the sample: every topic has somebody who knows it, every card has its topic."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import Role, User
from agency.models import Skill, Topic
from catalog.content import passage
from catalog.models import ServiceCard
from catalog.queries import probable_topic
from chat.frames import FIELDS
from consult.models import Consultation
from desk.models import Ticket
from desk.sample import QUESTIONS, read

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The sample agency with its people, loaded once."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_sample", verbosity=0)
        yield
        transaction.set_rollback(True)


def test_every_topic_is_known_to_a_counsellor_of_its_unit() -> None:
    assert (Topic.objects.count(), Skill.objects.count()) == (41, 10)
    counsellors = User.objects.filter(posts__role=Role.COUNSELLOR).distinct()
    known = {
        (topic.code, unit)
        for each in counsellors
        for topic in Topic.objects.known_to(each.skills.all())
        for unit in each.units_as(Role.COUNSELLOR).values_list("pk", flat=True)
    }

    nobodys = [each.code for each in Topic.objects.all() if (each.code, each.unit_id) not in known]

    assert nobodys == []


def test_nobody_is_given_a_topic_whose_skill_they_lack() -> None:
    zahra = User.objects.get(username="zahra")
    hers = Topic.objects.known_to(zahra.skills.all())

    assert set(hers.values_list("skills__code", flat=True)) == {
        "employment",
        "foreign",
        "cooperatives",
        "welfare",
        None,  # The general topic.
    }


def test_a_question_from_a_card_takes_a_topic_of_the_card() -> None:
    cards = ServiceCard.objects.all()
    guesses = {card: probable_topic("", card) for card in cards}

    for card, guess in guesses.items():
        own = set(card.topics.all())
        assert guess in own if own else guess.unit == card.unit, card.slug
        assert own or not guess.urgent, card.slug
        assert guess.code != Topic.GENERAL, card.slug
    page = Client().get(f"/ask/?card={card.slug}")
    assert page.context["guess"] == guess


def test_every_card_can_stand_beside_a_conversation() -> None:
    talk = Consultation()

    for card in ServiceCard.objects.all():
        edition = card.edition_in_force()
        assert edition is not None
        beside = {"card": card, "content": edition.snapshot, "open": talk}
        assert card.title in render_to_string("desk/_case_card.html", beside)
        for language in ("fa", "en"):
            said = {field: passage(edition, field, language) for field in FIELDS}
            assert said["fee"], card
            assert said["duration"], card


def test_a_searched_question_suggests_a_topic_of_its_card() -> None:
    asked = read(QUESTIONS)["questions"]

    right = [
        each
        for each in asked
        if probable_topic(each["text"], None).cards.filter(slug=each["service"]).exists()
        or not Topic.objects.filter(cards__slug=each["service"]).exists()
    ]

    assert len(right) / len(asked) >= 0.95


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("آدرس اداره کجاست؟", "office-info"),
        ("رمز سامانه رو فراموش کردم و وارد نمیشم", "portal-help"),
        ("کد رهگیری دارم، چی شد درخواستم؟", "tracking"),
        ("zzzz", "general"),
    ],
)
def test_a_question_that_no_card_answers_finds_the_topic_that_it_names(
    question: str, code: str
) -> None:
    assert probable_topic(question, None).code == code


def test_the_topic_of_the_card_decides_what_the_question_becomes() -> None:
    Client().post(
        "/file/",
        {
            "question": "شریکم در تعاونی پول‌ها را برداشته.",
            "language": "fa",
            "consent": "on",
            "client_id": "0b1c2d3e-0000-4000-8000-000000000001",
            "card": "cooperative-complaint",
        },
    )

    ticket = Ticket.objects.get()
    assert (ticket.unit.code, ticket.type) == ("cooperatives", "complaint")
