"""What the two parties hear on their sockets, and what a stranger does not."""

import asyncio
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User
from agency.models import Topic
from chat.models import Message
from chat.operations import end, hand_over, post
from chat.posts import Post
from consult.models import Citizen, Consultation, Duty
from consult.operations.access import revoke
from tests.chat.screens import Opening, later
from tests.people import Asking, GoingOnDuty

pytestmark = pytest.mark.django_db(transaction=True)


def texts(consultation: Consultation) -> list[str]:
    return [message.text for message in consultation.messages.order_by("seq")]


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


async def test_hello_brings_what_was_missed_in_order_and_then_the_welcome(
    alice: Citizen, oscar: User, talk: Consultation, opens: Opening
) -> None:
    counsellor = await opens(oscar)
    for text in ("one", "two", "three"):
        await counsellor.posts(talk, text)

    citizen = await opens(alice)
    await citizen.greets(**{str(talk.pk): 2})

    assert [frame["seq"] for frame in citizen.heard] == [3, 4, 5]
    assert [frame["text"] for frame in citizen.heard] == ["one", "two", "three"]

    await counsellor.posts(talk, "four")

    assert (await citizen.hears("message.posted", seq=6))["text"] == "four"


async def test_hello_catches_up_over_more_than_one_page(
    alice: Citizen, talk: Consultation, opens: Opening
) -> None:
    await later(store_silently, talk, 450)
    citizen = await opens(alice)

    await citizen.greets(**{str(talk.pk): 0})

    assert [frame["seq"] for frame in citizen.heard] == list(range(1, 453))


async def test_a_gap_on_the_wire_is_filled_from_the_database(
    alice: Citizen, oscar: User, talk: Consultation, opens: Opening
) -> None:
    citizen, counsellor = await opens(alice), await opens(oscar)
    await citizen.greets(**{str(talk.pk): 2})
    await later(store_silently, talk, 2)

    await counsellor.posts(talk, "after two that nobody told")

    heard = [await citizen.hears("message.posted") for _ in range(3)]
    assert [frame["seq"] for frame in heard] == [3, 4, 5]


async def test_what_is_stored_without_a_word_is_found_by_the_poll(
    alice: Citizen, talk: Consultation, opens: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.sweep.POLL_HEALTHY", 0.5)
    citizen = await opens(alice)
    await citizen.greets(**{str(talk.pk): 2})

    await later(store_silently, talk, 1)

    assert (await citizen.hears("message.posted", seq=3))["text"] == "silent 3"


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


async def test_another_citizen_neither_hears_nor_says_anything(
    alice: Citizen, mallet: Citizen, oscar: User, talk: Consultation, opens: Opening
) -> None:
    stranger, counsellor = await opens(mallet), await opens(oscar)

    await stranger.greets(**{str(talk.pk): 0})
    answer = await stranger.posts(talk, "let me in")
    await counsellor.posts(talk, "for Alice alone")

    assert answer["code"] == "not_yours"
    assert await stranger.hears_nothing_of(
        "message.posted", "consultation.changed", "typing.shown", "message.seen"
    )
    assert await counsellor.hears_nothing_of("typing.shown")


async def test_another_citizen_may_not_even_be_seen_typing(
    mallet: Citizen, oscar: User, talk: Consultation, opens: Opening
) -> None:
    stranger, counsellor = await opens(mallet), await opens(oscar)

    for command in ("typing.show", "message.see", "message.receive"):
        await stranger.says(command, consultation=talk.pk, seq=1)
        assert (await stranger.hears("refused"))["code"] == "not_yours"

    assert await counsellor.hears_nothing_of("typing.shown", "message.seen", "message.delivered")


async def test_another_counsellor_and_a_stranger_of_the_staff_hear_nothing(
    alice: Citizen,
    olga: User,
    mallory: User,
    talk: Consultation,
    opens: Opening,
) -> None:
    citizen, colleague, stranger = await opens(alice), await opens(olga), await opens(mallory)
    for screen in (colleague, stranger):
        await screen.greets(**{str(talk.pk): 0})

    await citizen.posts(talk, "for Oscar alone")

    for screen in (colleague, stranger):
        assert (await screen.posts(talk, "hello"))["code"] == "not_held"
        assert await screen.hears_nothing_of("message.posted")
    assert await later(texts, talk) == [
        "سه ماه است حقوقم را نداده‌اند.",
        "joined",
        "for Oscar alone",
    ]


async def test_a_supervisor_reads_but_does_not_speak(
    sara: User, talk: Consultation, opens: Opening
) -> None:
    supervisor = await opens(sara)

    answer = await supervisor.posts(talk, "hello")

    assert answer["code"] == "not_held"


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


async def test_after_a_transfer_the_former_holder_hears_and_says_nothing_more(
    alice: Citizen,
    oscar: User,
    olga: User,
    topic: Topic,
    talk: Consultation,
    on_duty: GoingOnDuty,
    opens: Opening,
) -> None:
    citizen, former = await opens(alice), await opens(oscar)
    await former.greets(**{str(talk.pk): 2})
    await later(on_duty, olga)
    await later(
        hand_over, consultation=talk, topic=topic, summary="She was not paid.", counsellor=oscar
    )
    successor = await opens(olga)

    await citizen.posts(talk, "is anybody there?")

    assert (await successor.hears("message.posted"))["text"] == "is anybody there?"
    assert (await former.posts(talk, "I am"))["code"] == "not_held"
    await former.says("typing.show", consultation=talk.pk)
    assert (await former.hears("refused"))["code"] == "not_yours"
    await former.greets(**{str(talk.pk): 2})
    assert await former.hears_nothing_of("message.posted", within=1.5)


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

    async with asyncio.timeout(2 * settings.TIMERS["sweep"]):
        while (await Duty.objects.aget(counsellor=oscar)).lease_until < timezone.now():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_only_supervisors_hear_of_the_board(
    alice: Citizen, oscar: User, sara: User, asks: Asking, opens: Opening
) -> None:
    supervisor, counsellor = await opens(sara), await opens(oscar)

    await later(asks, alice)

    assert await supervisor.hears("board.changed")
    assert await counsellor.hears("line.moved")
    assert await counsellor.hears_nothing_of("board.changed")


async def test_a_revoked_citizen_is_sent_away(
    alice: Citizen, talk: Consultation, opens: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.sweep.RECHECK", 0.1)
    citizen = await opens(alice)

    await Citizen.objects.filter(pk=alice.pk).aupdate(revoked_at=timezone.now())

    assert await citizen.is_closed() == 4403


async def test_a_browser_whose_access_was_revoked_is_sent_away(
    alice: Citizen, talk: Consultation, opens: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.sweep.RECHECK", 0.1)
    citizen = await opens(alice)

    await later(lambda: revoke(case=talk.case))

    assert await citizen.is_closed() == 4403


async def test_who_signs_out_is_sent_away(
    oscar: User, talk: Consultation, opens: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.sweep.RECHECK", 0.1)
    counsellor = await opens(oscar)

    await later(sign_out_everywhere)

    assert await counsellor.is_closed() == 4403


@pytest.mark.parametrize("loss", ["roles", "account"])
async def test_who_loses_every_role_or_the_account_is_sent_away(
    oscar: User,
    talk: Consultation,
    opens: Opening,
    monkeypatch: pytest.MonkeyPatch,
    loss: str,
) -> None:
    monkeypatch.setattr("chat.sweep.RECHECK", 0.1)
    counsellor = await opens(oscar)

    if loss == "roles":
        await oscar.posts.all().adelete()
    else:
        await User.objects.filter(pk=oscar.pk).aupdate(is_active=False)

    assert await counsellor.is_closed() == 4403


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


def store_silently(consultation: Consultation, count: int) -> None:
    """As if another process had stored them and every hint were lost."""
    first = consultation.messages.count() + 1
    Message.objects.bulk_create(
        Message(
            consultation=consultation,
            seq=seq,
            role=Message.Role.COUNSELLOR,
            stream="elsewhere",
            n=seq,
            client_id=f"silent {seq}",
            text=f"silent {seq}",
            folded="",
        )
        for seq in range(first, first + count)
    )
    Consultation.objects.filter(pk=consultation.pk).update(last_seq=first + count - 1)


def park(consultation: Consultation) -> None:
    Consultation.objects.filter(pk=consultation.pk).update(
        state=Consultation.State.PARKED, holder=None, slot=None
    )


def lapse(counsellor: User) -> None:
    Duty.objects.filter(counsellor=counsellor).update(lease_until=timezone.now())


def sign_out_everywhere() -> None:
    Session.objects.all().delete()
