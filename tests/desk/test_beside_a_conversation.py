"""What stands beside a conversation in the console: its card, and ready answers."""

import pytest
from django.core.management import call_command

from accounts.models import User
from agency.models import Topic
from catalog.content import passage
from catalog.models import ServiceCard
from chat.frames import FIELDS
from chat.models import CannedReply
from chat.operations import ask, start_duty
from consult.models import Consultation
from consult.operations.access import admit
from consult.operations.asking import Asked
from tests.people import browser_of

pytestmark = pytest.mark.django_db


def test_every_sample_card_can_stand_beside_a_conversation() -> None:
    call_command("load_sample", verbosity=0)
    counsellor = User.objects.filter(posts__role="counsellor").first()
    assert counsellor is not None
    browser, general = browser_of(counsellor), Topic.objects.get(code=Topic.GENERAL)
    start_duty(counsellor=counsellor, topics=[general], languages=["fa"], capacity=4)
    asked = Asked(text="سؤال", language="fa", topic=general)
    talk = ask(asked=asked, citizen=admit().citizen).consultation

    for card in ServiceCard.objects.all():
        Consultation.objects.filter(pk=talk.pk).update(card=card)
        assert browser.get(f"/staff/console/{talk.pk}/").status_code == 200, card
        edition = card.edition_in_force()
        assert edition is not None
        for language in ("fa", "en"):
            said = {field: passage(edition, field, language) for field in FIELDS}
            assert said["fee"], card
            assert said["duration"], card


def test_a_card_of_which_little_is_known_can_stand_there_too(
    oscar: User, wages: ServiceCard, talk: Consultation
) -> None:
    Consultation.objects.update(card=wages)
    wages.editions.update(snapshot={})

    assert browser_of(oscar).get(f"/staff/console/{talk.pk}/").status_code == 200


def test_a_canned_reply_comes_with_what_is_known_filled_in(oscar: User, talk: Consultation) -> None:
    words = "سلام {name}، من {agent} هستم؛ کد شما {tracking_code}"
    CannedReply.objects.create(code="hi", shortcut="/hi", title_fa="سلام", body_fa=words)
    CannedReply.objects.create(
        code="old", shortcut="/old", title_fa="x", body_fa="kept-too-long", expires_on="2020-01-01"
    )

    page = browser_of(oscar).get(f"/staff/console/{talk.pk}/").content.decode()

    assert f"من اسکار هستم؛ کد شما {talk.case}" in page
    assert "kept-too-long" not in page
