"""Every address × everybody who has no business there: what one may not see is not found."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Role, User
from agency.models import Skill, Topic, Unit
from catalog.models import ServiceCard
from chat.ledger import append
from chat.operations import ask, hand_over
from chat.posts import Post
from consult.models import Case, Citizen, Consultation, Duty, Person
from consult.operations.asking import Asked
from consult.operations.transferring import Handover
from desk.models import Ticket
from desk.operations import Draft, open_ticket
from tests.addresses import addresses
from tests.people import GoingOnDuty, browser_of, person
from trust.models import AuditEntry, SealedOriginal

pytestmark = pytest.mark.django_db

ASKED, SECRET = "هفده‌ماه‌مزدنگرفته‌ام", "شرکت‌نیلوفرآبی"
IDENTITY = "0013542419"
EVERYWHERE = addresses()
ABOUT_SOMEBODY = [each for each in EVERYWHERE if {"pk", "code"} & set(each.takes)]
STRANGERS = ["anonymous", "mallet", "olga", "former", "mallory"]


@dataclass(frozen=True, slots=True)
class Story:
    """What Alice and Oscar have between them, and nobody else's business."""

    case: Case
    consultation: Consultation
    ticket: Ticket
    sealed: SealedOriginal
    card: ServiceCard

    @property
    def known(self) -> dict[str, Any]:
        return {
            "pk": self.consultation.pk,
            "desk:show-ticket.pk": self.ticket.pk,
            "chat:reveal.pk": self.sealed.pk,
            "code": self.case.tracking_code,
            "catalog:show-card.slug": self.card.slug,
            "catalog:card-data.slug": self.card.slug,
            "catalog:edition-data.slug": self.card.slug,
            "catalog:name-service.slug": self.card.slug,
            "catalog:name-edition.slug": self.card.slug,
            "number": 1,
            "seq": 1,
            "kind": "catalogue",
            "agency:show-page.slug": "privacy",
        }

    def state(self) -> tuple[Any, ...]:
        """All that a stranger must not have changed."""
        self.consultation.refresh_from_db()
        self.ticket.refresh_from_db()
        row, ticket = self.consultation, self.ticket
        return (
            (row.state, row.version, row.last_seq, row.holder_id, row.card_id, row.outcome),
            (ticket.status, ticket.assignee_id, ticket.follow_ups.count(), ticket.changes.count()),
            Ticket.objects.count(),
            AuditEntry.objects.exclude(action="signed_out").count(),
        )


@pytest.fixture
def former(labour: Unit, skill: Skill) -> User:
    """Held the conversation once, and handed it over."""
    former = person("fred", "فرد", Role.COUNSELLOR, labour)
    former.skills.add(skill)
    return former


@pytest.fixture
def story(
    alice: Citizen,
    oscar: User,
    former: User,
    topic: Topic,
    wages: ServiceCard,
    labour: Unit,
    on_duty: GoingOnDuty,
) -> Story:
    """Asked by Alice, handed from the former counsellor to Oscar, with a ticket on it."""
    on_duty(former)
    asked = Asked(
        text=f"{ASKED} از {SECRET}، کد ملی {IDENTITY}", language="fa", topic=topic, card=wages
    )
    question = ask(asked=asked, citizen=alice)
    on_duty(oscar)
    consultation = question.consultation
    hand_over(consultation=consultation, handover=Handover(topic, SECRET), counsellor=former)
    consultation.refresh_from_db()
    assert (consultation.holder, consultation.epoch) == (oscar, 2)
    draft = Draft(unit=labour, type="request", subject=SECRET, text=SECRET)
    return Story(
        case=question.case,
        consultation=consultation,
        ticket=open_ticket(case=question.case, draft=draft, consultation=consultation),
        sealed=SealedOriginal.objects.get(subject_kind="message", kind="national_id"),
        card=wages,
    )


def typed(story: Story, topic: Topic) -> dict[str, Any]:
    """Whatever the forms of the house ask for, filled in."""
    return {
        "text": "from a stranger",
        "stream": "a stranger's",
        "n": 1,
        "client_id": uuid4(),
        "reason": "answered",
        "epoch": story.consultation.epoch,
        "outcome": "solved",
        "action": "claim",
        "is_public": "true",
        "topic": topic.pk,
        "summary": "to me",
        "card": story.card.slug,
        "subject": "x",
        "type": "request",
        "unit": story.ticket.unit_id,
        "impact": "low",
        "urgency": "low",
    }


Stranger = Callable[[str], Person | None]


@pytest.fixture
def stranger(request: pytest.FixtureRequest) -> Stranger:
    def named(name: str) -> Person | None:
        return None if name == "anonymous" else request.getfixturevalue(name)

    return named


def says_nothing(response: Any) -> bool:
    body = response.content.decode()
    return SECRET not in body and IDENTITY not in body


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_finds_nothing_and_changes_nothing(
    story: Story, topic: Topic, stranger: Stranger, who: str
) -> None:
    browser, before = browser_of(stranger(who)), story.state()

    for address in ABOUT_SOMEBODY:
        url = address.url(story.known)
        answers = [browser.get(url), browser.post(url, typed(story, topic))]

        assert all(is_nowhere(each) and says_nothing(each) for each in answers), address
        assert {each.status_code for each in answers} != {405}, address
        assert story.state() == before, address


def is_nowhere(response: Any) -> bool:
    """Not found; or the door where somebody unknown says who they are."""
    if response.status_code == 302:
        return bool(re.match(r"/(staff/sign-in|track)/\?", response.headers["Location"]))
    return response.status_code in {404, 405}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_page_that_is_open_to_a_stranger_says_nothing_of_others(
    story: Story, stranger: Stranger, who: str
) -> None:
    browser = browser_of(stranger(who))
    looking = {"q": ASKED, "open": str(story.consultation.pk), "view": "due"}

    for address in EVERYWHERE:
        if address not in ABOUT_SOMEBODY:
            response = browser.get(address.url(story.known), looking)

            assert response.status_code in {200, 302, 303, 404, 405}, address
            body = re.sub(r'href="[^"]*"', "", response.content.decode())  # /en/…, as asked.
            for word in (SECRET, story.consultation.pk, story.ticket.pk, story.case):
                assert str(word) not in body, address


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("alice", "desk:show-consultation"),
        ("alice", "desk:show-case"),
        ("alice", "chat:download-transcript"),
        ("oscar", "desk:console-consultation"),
        ("oscar", "desk:show-ticket"),
        ("sara", "oversight:read"),
        ("sara", "desk:show-ticket"),
    ],
)
def test_those_whose_business_it_is_see_it(
    story: Story, stranger: Stranger, who: str, name: str
) -> None:
    url = next(each for each in EVERYWHERE if each.name == name).url(story.known)

    response = browser_of(stranger(who)).get(url)

    assert response.status_code == 200
    assert SECRET in response.content.decode()


@pytest.mark.parametrize("who", ["alice", "oscar"])
def test_nothing_is_taken_from_a_page_of_somebody_else(
    story: Story, topic: Topic, stranger: Stranger, who: str
) -> None:
    browser, before = browser_of(stranger(who)), story.state()
    browser.handler.enforce_csrf_checks = True

    for address in EVERYWHERE:
        response = browser.post(address.url(story.known), typed(story, topic))

        assert response.status_code == 403, address
        assert story.state() == before, address


def test_a_supervisor_reads_but_does_not_act_in_place_of_the_holder(
    story: Story, sara: User, labour: Unit, topic: Topic
) -> None:
    sara.posts.create(role=Role.COUNSELLOR, unit=labour)
    browser, before = browser_of(sara), story.state()

    for name in ("post-reply", "close-consultation", "transfer", "link-card", "wrap-up"):
        url = reverse(f"desk:{name}", args=[story.consultation.pk])
        assert browser.post(url, typed(story, topic)).status_code in {302, 404, 422}

    assert story.state()[0] == before[0]


def test_nobody_goes_on_duty_for_what_they_do_not_know(
    mallory: User, topic: Topic, general: Topic
) -> None:
    browser = browser_of(mallory)
    terms = {"action": "start", "languages": ["fa"], "capacity": 4}

    refused = browser.post(reverse("desk:change-duty"), {**terms, "topics": [topic.pk]})

    assert refused.status_code == 422
    assert not Duty.objects.exists()

    browser.post(reverse("desk:change-duty"), {**terms, "topics": [general.pk]})
    assert Duty.objects.get().counsellor == mallory


def test_a_colleague_on_duty_elsewhere_is_not_shown_the_holders_words(
    story: Story, olga: User, on_duty: GoingOnDuty
) -> None:
    on_duty(olga)
    append(
        [
            Post(
                consultation=story.consultation.pk,
                person=story.consultation.holder,
                stream="s",
                n=1,
                client_id="c",
                text=SECRET,
            )
        ]
    )

    assert says_nothing(browser_of(olga).get(reverse("desk:console")))
