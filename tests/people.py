"""The cast, and the little house they meet in.

Alice asks, Oscar answers, Sara supervises, Mallory has no business here.
"""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from django.utils import translation

from accounts.models import Post, Role, User
from agency.models import Agency, Skill, Topic, Unit
from catalog.models import ServiceCard
from catalog.operations import publish
from chat.operations import ask, start_duty
from consult.cookies import SALT, cookie_name
from consult.models import Citizen, Consultation, Person
from consult.operations.access import admit, digest
from consult.operations.asking import Asked

WEEK = date(2020, 3, 20)


@pytest.fixture(autouse=True)
def in_persian() -> Iterator[None]:
    """Every test begins in the first language; what an English page leaves behind is undone."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def agency(db: None) -> Agency:
    """A directorate with nothing in it yet."""
    return Agency.objects.create(code="test", name_fa="ادارهٔ آزمون", name_en="Test office")


@pytest.fixture
def labour(agency: Agency) -> Unit:
    """The unit that most questions are for."""
    return Unit.objects.create(
        agency=agency, code="labour", title_fa="روابط کار", title_en="Labour"
    )


@pytest.fixture
def welfare(agency: Agency) -> Unit:
    """Another unit, whose people have no business with labour's."""
    return Unit.objects.create(agency=agency, code="welfare", title_fa="رفاه", title_en="Welfare")


@pytest.fixture
def skill(db: None) -> Skill:
    return Skill.objects.create(code="labour", title_fa="روابط کار", title_en="Labour relations")


@pytest.fixture
def topic(labour: Unit, skill: Skill) -> Topic:
    """Unpaid wages; asks for the labour skill."""
    topic = Topic.objects.create(
        code="wages",
        title_fa="حقوق معوقه",
        title_en="Unpaid wages",
        unit=labour,
        keywords=["حقوق معوقه", "حقوقمو نمیده", "طلب"],
    )
    topic.skills.add(skill)
    return topic


@pytest.fixture
def general(labour: Unit) -> Topic:
    """None of these: everybody knows it."""
    return Topic.objects.create(
        code=Topic.GENERAL, title_fa="هیچ‌کدام", title_en="None of these", unit=labour
    )


@pytest.fixture
def card(labour: Unit, skill: Skill, topic: Topic) -> ServiceCard:
    """A published card about unpaid wages."""
    card = ServiceCard.objects.create(
        slug="unpaid-wages",
        code="T-01",
        unit=labour,
        skill=skill,
        title_fa="رسیدگی به حقوق معوقه",
        title_en="Unpaid wages",
        description_fa="کارگری که مزدش را نگرفته است دادخواست می‌دهد.",
        description_en="A worker who was not paid files a petition.",
        keywords=["حقوق", "مزد", "دستمزد"],
        content={
            "documents": [
                {
                    "fa": "قرارداد کار",
                    "en": "Contract",
                    "obtained_by": "applicant",
                    "required": True,
                }
            ],
            "fee": {"kind": "free", "amount_irr": 0, "note": None},
            "duration": {"value": 45, "unit": "working_day"},
            "steps": [{"order": 1, "fa": "ثبت دادخواست", "en": "File it", "actor": "applicant"}],
            "laws": [{"fa": "قانون کار، مادهٔ ۱۵۷", "en": "Labour Act, Art. 157"}],
        },
    )
    card.topics.add(topic)
    publish(card=card)
    return card


def person(username: str, name: str, role: Role, unit: Unit, *, desk: bool = False) -> User:
    """Somebody of the staff with one post."""
    someone = User.objects.create_user(
        username=username, first_name_fa=name, first_name_en=username.title()
    )
    Post.objects.create(person=someone, role=role, unit=unit, desk=desk)
    return someone


@pytest.fixture
def oscar(labour: Unit, skill: Skill) -> User:
    """Answers: a counsellor of labour, with the desk."""
    oscar = person("oscar", "اسکار", Role.COUNSELLOR, labour, desk=True)
    oscar.skills.add(skill)
    return oscar


@pytest.fixture
def olga(labour: Unit, skill: Skill) -> User:
    """Answers too: Oscar's colleague, without the desk."""
    olga = person("olga", "الگا", Role.COUNSELLOR, labour)
    olga.skills.add(skill)
    return olga


@pytest.fixture
def sara(labour: Unit) -> User:
    """Supervises labour."""
    return person("sara", "سارا", Role.SUPERVISOR, labour)


@pytest.fixture
def mallory(welfare: Unit) -> User:
    """Signed in, supervisor and counsellor of another unit: a stranger here."""
    mallory = person("mallory", "مالوری", Role.SUPERVISOR, welfare)
    Post.objects.create(person=mallory, role=Role.COUNSELLOR, unit=welfare, desk=True)
    return mallory


@pytest.fixture
def alice(db: None) -> Citizen:
    """Asks: a citizen, known by her browser alone."""
    return admit().citizen


@pytest.fixture
def mallet(db: None) -> Citizen:
    """Another citizen, who asked nothing of what Alice asked."""
    return admit().citizen


Asking = Callable[..., Consultation]
GoingOnDuty = Callable[..., None]


@pytest.fixture
def asks(topic: Topic) -> Asking:
    """`asks(alice, "…")` puts a question and returns the consultation."""

    def put(
        citizen: Citizen, text: str = "سه ماه است حقوقم را نداده‌اند.", **more: object
    ) -> Consultation:
        asked = Asked(**{"text": text, "language": "fa", "topic": topic, **more})  # type: ignore[arg-type]
        consultation = ask(asked=asked, citizen=citizen).consultation
        consultation.refresh_from_db()
        return consultation

    return put


@pytest.fixture
def on_duty(topic: Topic) -> GoingOnDuty:
    """`on_duty(oscar, capacity=2)` starts a duty for wages in Persian and English."""

    def start(counsellor: User, capacity: int = 4, topics: list[Topic] | None = None) -> None:
        start_duty(
            counsellor=counsellor,
            topics=topics or [topic],
            languages=["fa", "en"],
            capacity=capacity,
        )

    return start


@pytest.fixture
def talk(alice: Citizen, oscar: User, asks: Asking, on_duty: GoingOnDuty) -> Consultation:
    """Alice and Oscar, talking."""
    on_duty(oscar)
    return asks(alice)


@pytest.fixture
def wages(topic: Topic, general: Topic, card: ServiceCard) -> ServiceCard:
    """All that a citizen's question needs: a topic, the general one, a card."""
    return card


def cookie_of(person: Person) -> tuple[str, str]:
    """The cookie with which this person's browser comes: a citizen's token, or a session."""
    if isinstance(person, Citizen):
        token = f"token-of-citizen-{person.pk}"
        Citizen.objects.filter(pk=person.pk).update(digest=digest(token))
        return cookie_name(), signing.TimestampSigner(salt=SALT).sign(token)
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    return cookie.key, cookie.value


def browser_of(person: Person | None) -> Client:
    """A browser in which this person is known; nobody's for None."""
    client = Client()
    if person is not None:
        name, value = cookie_of(person)
        client.cookies[name] = value
    return client
