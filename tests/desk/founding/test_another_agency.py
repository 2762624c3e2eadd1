"""A town hall on an empty installation: its own file, its own cards, nothing of the sample."""

import os
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Post, Role, User
from agency.models import Skill, Topic, Unit
from catalog.models import ServiceCard
from chat.operations import start_duty
from consult.models import Consultation
from desk.models import Ticket
from editorial.operations.drafting import Written, content_to_begin_with, save_draft, submit
from editorial.operations.publishing import approve
from tests.desk.asking import ASK, form

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent
PAGES = ["", "ask/", "file/", "services/", "services/building-permit/", "services/tree-pruning/"]
PAGES += [
    "?q=درخت",
    "track/",
    "about/contact/",
    "about/privacy/",
    "about/accessibility/",
    "staff/sign-in/",
]
PAGES += ["catalogue.jsonld", "catalogue.csv", "catalogue.atom"]
DIRECTORATES = ["تعاون", "کارگر", "کارگاه", "بیکاری", "رفاه", "وزارت", "روابط کار", "استان"]
DIRECTORATES += [
    "labour",
    "worker",
    "cooperative",
    "unemploy",
    "welfare",
    "ministry",
    "directorate",
]
DIRECTORATES += ["021-00000000", "contact@example.org", "sample street", "خیابان نمونه"]


@pytest.fixture
def town(db: None) -> None:
    """Set up by three commands, then its people, then what its editors let out."""
    call_command("set_up_agency", str(HERE / "municipality.yaml"), verbosity=0)
    call_command("import_cards", str(HERE / "cards.json"))
    writer, publisher = staff("nahid", Role.EDITOR), staff("parviz", Role.EDITOR, publishes=True)
    for card in ServiceCard.objects.all():
        written = Written(content_to_begin_with(card))
        draft = save_draft(editor=writer, card=card, written=written, began_from=0)
        submit(editor=writer, card=card, seen=draft.version)
        approve(editor=publisher, card=card, seen=draft.version)


def staff(username: str, role: Role, *, publishes: bool = False, skill: str = "") -> User:
    """Somebody of the town hall, with posts in both units."""
    person = User.objects.create_user(username=username, first_name_fa=username)
    for unit in Unit.objects.all():
        Post.objects.create(person=person, role=role, unit=unit, publishes=publishes)
    person.skills.set(Skill.objects.filter(code=skill))
    return person


def on_duty(username: str, skill: str) -> User:
    """A counsellor of one skill, who takes every topic that it is enough for."""
    counsellor = staff(username, Role.COUNSELLOR, skill=skill)
    known = Topic.objects.known_to(counsellor.skills.all())
    start_duty(counsellor=counsellor, topics=list(known), languages=["fa", "en"], capacity=2)
    return counsellor


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("language", ["", "en/"])
def test_every_page_speaks_in_the_towns_name_and_none_in_the_samples(language: str) -> None:
    for each in PAGES:
        answer = Client().get(f"/{language}{each}")
        page = answer.content.decode()

        assert answer.status_code == 200, each
        assert [word for word in DIRECTORATES if word in page.lower()] == [], each
    name = "Municipality of Mehrabad" if language else "شهرداری مهرآباد"
    assert name in Client().get(f"/{language}").content.decode()


@pytest.mark.usefixtures("town")
def test_its_own_hours_example_and_alarm_stand_on_its_pages() -> None:
    page = Client().get("/en/").content.decode()

    assert "Saturday to Wednesday, 8:00 to 15:00; Thursday, 8:00 to 12:00" in page
    assert "what does a building permit need?" in page
    assert "a wall about to fall?" in page
    assert "031-55550000" in Client().get("/en/about/contact/").content.decode()


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("question", "topic", "counsellor"),
    [
        ("شاخه درخت کوچه‌مون شکسته، کی میاد هرس کنه؟", "pruning", "jaleh"),
        ("برای جواز ساخت خانه چه مدارکی لازمه؟", "permit", "kaveh"),
        ("سروصدای شبانه نمی‌ذاره بخوابم", "noise", "jaleh"),
    ],
)
def test_a_question_goes_to_the_counsellor_who_knows_its_topic(
    question: str, topic: str, counsellor: str
) -> None:
    on_duty("kaveh", "permits"), on_duty("jaleh", "trees")

    Client().post(ASK, form(question=question))

    asked = Consultation.objects.get()
    assert (asked.topic.code, asked.holder and asked.holder.username) == (topic, counsellor)


@pytest.mark.usefixtures("town")
def test_with_nobody_on_duty_it_becomes_a_ticket_of_the_topics_unit_and_kind() -> None:
    Client().post(ASK, form(question="سروصدای شبانه نمی‌ذاره بخوابم"))

    ticket = Ticket.objects.get()
    assert (ticket.unit.code, ticket.type) == ("parks", "complaint")


@pytest.mark.usefixtures("town")
def test_the_first_of_the_staff_comes_by_a_command_and_lets_the_others_in() -> None:
    with patch.dict(os.environ, DJANGO_SUPERUSER_PASSWORD="a-long-word-of-the-town"):
        call_command("createsuperuser", interactive=False, username="chief", verbosity=0, email="")
    browser = Client()
    assert browser.login(username="chief", password="a-long-word-of-the-town")

    assert browser.get(reverse("accounts:start")).headers["Location"] == reverse("admin:index")
    added = browser.post(
        reverse("admin:accounts_user_add"),
        {
            "username": "laleh",
            "first_name_fa": "لاله",
            "usable_password": "true",
            "password1": "an-other-word-of-hers",
            "password2": "an-other-word-of-hers",
            "posts-TOTAL_FORMS": 1,
            "posts-INITIAL_FORMS": 0,
            "posts-0-role": "counsellor",
            "posts-0-unit": Unit.objects.get(code="parks").pk,
        },
    )

    assert added.status_code == 302
    laleh = Client()
    assert laleh.login(username="laleh", password="an-other-word-of-hers")
    assert laleh.get(reverse("desk:console")).status_code == 200
