"""Who hears and says nothing on a socket: strangers, former holders, who lost their rights."""

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User
from agency.models import Topic
from chat.operations import hand_over
from consult.models import Citizen, Consultation
from consult.operations.access import revoke
from consult.operations.transferring import Handover
from tests.chat.screens import Opening, later, texts
from tests.people import Asking, GoingOnDuty

pytestmark = pytest.mark.django_db(transaction=True)


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
        hand_over,
        consultation=talk,
        handover=Handover(topic, "She was not paid."),
        counsellor=oscar,
    )
    successor = await opens(olga)

    await citizen.posts(talk, "is anybody there?")

    assert (await successor.hears("message.posted"))["text"] == "is anybody there?"
    assert (await former.posts(talk, "I am"))["code"] == "not_held"
    await former.says("typing.show", consultation=talk.pk)
    assert (await former.hears("refused"))["code"] == "not_yours"
    await former.greets(**{str(talk.pk): 2})
    assert await former.hears_nothing_of("message.posted", within=1.5)


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


def sign_out_everywhere() -> None:
    Session.objects.all().delete()
