"""What stands beside a conversation in the console: its card, and ready answers."""

import pytest

from accounts.models import User
from catalog.models import ServiceCard
from chat.models import CannedReply
from consult.models import Consultation
from tests.people import browser_of

pytestmark = pytest.mark.django_db


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
