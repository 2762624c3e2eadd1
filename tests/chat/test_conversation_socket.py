"""What the two parties of a conversation hear on their sockets."""

import asyncio
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from chat.operations import end, post
from chat.posts import Post
from consult.models import Citizen, Consultation, Duty
from tests.chat.screens import Opening, later, texts

pytestmark = pytest.mark.django_db(transaction=True)


async def test_both_parties_hear_a_message(
    alice: Citizen, oscar: User, talk: Consultation, opens: Opening
) -> None:
    citizen, counsellor = await opens(alice), await opens(oscar)

    answer = await citizen.posts(talk, "Is my petition ready?")

    heard = await counsellor.hears("message.posted")
    assert (heard["text"], heard["role"]) == ("Is my petition ready?", "citizen")
    assert heard["name"]["en"] == "Citizen"
    assert heard["seq"] == answer["seq"] == 3
    assert await citizen.hears_nothing_of("message.posted")  # The answer said it all.

    await counsellor.posts(talk, "It is.")

    heard = await citizen.hears("message.posted", seq=4)
    assert (heard["text"], heard["name"]["en"]) == ("It is.", "Oscar")


async def test_only_the_masked_text_travels(
    alice: Citizen, oscar: User, talk: Consultation, opens: Opening
) -> None:
    citizen, counsellor = await opens(alice), await opens(oscar)

    answer = await citizen.posts(talk, "کد ملی من 0013542419 است")

    heard = await counsellor.hears("message.posted")
    assert "0013542419" not in heard["text"]
    assert heard["text"] == answer["text"]
    assert heard["masked"] == answer["masked"] == ["national_id"]


async def test_a_repeated_frame_is_answered_like_the_first_and_stored_once(
    alice: Citizen, talk: Consultation, opens: Opening
) -> None:
    citizen = await opens(alice)
    frame = {"stream": "page", "n": 1, "client_id": "mine"}
    await citizen.sends(talk, "once", **frame)
    first = await citizen.hears("message.stored")

    await citizen.sends(talk, "once", **frame)

    assert await citizen.hears("message.stored") == first
    assert await later(texts, talk) == ["سه ماه است حقوقم را نداده‌اند.", "joined", "once"]


async def test_a_repeat_is_answered_after_the_end_but_nothing_new_is_taken(
    alice: Citizen, talk: Consultation, opens: Opening
) -> None:
    citizen = await opens(alice)
    first = await citizen.posts(talk, "before", client_id="mine")
    await later(end, consultation=talk, reason=Consultation.CloseReason.ANSWERED)

    await citizen.sends(talk, "before", client_id="mine")
    assert (await citizen.hears("message.stored"))["seq"] == first["seq"]

    answer = await citizen.posts(talk, "after")
    assert (answer["type"], answer["code"]) == ("message.refused", "closed")


async def test_typing_and_seeing_reach_the_other_party_alone(
    alice: Citizen, oscar: User, olga: User, talk: Consultation, opens: Opening
) -> None:
    citizen, counsellor, colleague = await opens(alice), await opens(oscar), await opens(olga)

    await citizen.says("typing.show", consultation=talk.pk)
    await citizen.says("message.see", consultation=talk.pk, seq=2)
    assert (await counsellor.hears("typing.shown"))["by"] == "citizen"
    assert (await counsellor.hears("message.seen"))["seq"] == 2

    await counsellor.says("typing.show", consultation=talk.pk)
    await counsellor.says("message.receive", consultation=talk.pk, seq=1)
    assert (await citizen.hears("typing.shown"))["by"] == "counsellor"
    assert (await citizen.hears("message.delivered"))["seq"] == 1

    ephemeral = ("typing.shown", "message.seen", "message.delivered")
    for screen in (citizen, counsellor, colleague):
        assert await screen.hears_nothing_of(*ephemeral)


async def test_a_second_tab_keeps_step(alice: Citizen, talk: Consultation, opens: Opening) -> None:
    first, second = await opens(alice), await opens(alice)
    await second.greets(**{str(talk.pk): 2})

    await first.posts(talk, "from the first")
    await second.posts(talk, "from the second")

    assert (await second.hears("message.posted", seq=3))["text"] == "from the first"
    assert (await first.hears("message.posted", seq=4))["text"] == "from the second"


async def test_a_parked_conversation_wakes_when_the_citizen_writes(
    alice: Citizen, oscar: User, talk: Consultation, opens: Opening
) -> None:
    await later(park, talk)
    citizen, counsellor = await opens(alice), await opens(oscar)

    await citizen.posts(talk, "I am back")

    changed = await counsellor.hears("consultation.changed")
    assert changed["state"] in {"waiting", "active"}
    await later(talk.refresh_from_db)
    assert (talk.state, talk.holder_id) == (Consultation.State.ACTIVE, oscar.pk)


async def test_whoever_opens_the_console_is_back_at_once(
    oscar: User, talk: Consultation, opens: Opening
) -> None:
    await later(lapse, oscar)

    await opens(oscar)

    async with asyncio.timeout(5 * settings.TIMERS["sweep"]):
        while (await Duty.objects.aget(counsellor=oscar)).lease_until < timezone.now():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_a_message_through_the_form_reaches_the_sockets(
    alice: Citizen, oscar: User, talk: Consultation, opens: Opening
) -> None:
    counsellor = await opens(oscar)
    message = Post(
        consultation=talk.pk,
        person=alice,
        stream=str(uuid4()),
        n=1,
        client_id=str(uuid4()),
        text="without a script",
    )

    await later(post, message)

    assert (await counsellor.hears("message.posted"))["text"] == "without a script"


def park(consultation: Consultation) -> None:
    Consultation.objects.filter(pk=consultation.pk).update(
        state=Consultation.State.PARKED, holder=None, slot=None
    )


def lapse(counsellor: User) -> None:
    Duty.objects.filter(counsellor=counsellor).update(lease_until=timezone.now())
