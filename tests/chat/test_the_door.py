"""Who may open a socket at all, and how one that misbehaves is shown out."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from consult.models import Citizen, Consultation
from live.protocol import MINOR
from tests.chat.screens import Opening, Screen, knock, later
from tests.people import GoingOnDuty

pytestmark = pytest.mark.django_db(transaction=True)

OURS = settings.ORIGINS[0]


FOREIGN: list[str | None] = [
    None,
    "",
    "null",
    "https://evil.example",
    OURS.replace("http://", "https://"),
    OURS.replace("http://", ""),
    OURS.rsplit(":", 1)[0],
    OURS + "1",
    OURS.rsplit(":", 1)[0] + ":81",
    OURS + ".evil.example",
    OURS.rsplit(":", 1)[0] + ".evil.example:8000",
    "http://evil.example/?" + OURS,
    "http://evil-" + OURS.removeprefix("http://"),
    OURS + "/",
    OURS.upper(),
    "http://[not-an-address",
]


async def test_a_page_of_ours_may_open_a_socket_and_nobody_elses(
    alice: Citizen, quiet_after: None
) -> None:
    for ours in settings.ORIGINS:
        communicator, opened, _code = await knock(alice, origin=ours)
        assert opened, ours
        await communicator.disconnect()

    for origin in FOREIGN:
        _communicator, opened, code = await knock(alice, origin=origin)
        assert (opened, code) == (False, 1000), origin


async def test_an_origin_said_twice_is_refused(alice: Citizen, opens: Opening) -> None:
    screen = await opens(alice)

    headers = [*screen.wire.scope["headers"], (b"origin", b"https://evil.example")]
    communicator = type(screen.wire)(screen.wire.application, "/ws/citizen/", headers=headers)

    assert await communicator.connect(timeout=5) == (False, 1000)


async def test_a_browser_that_never_asked_anything_is_turned_away(quiet_after: None) -> None:
    _communicator, opened, code = await knock(None, path="/ws/citizen/")

    assert (opened, code) == (False, 4403)


async def test_a_forged_token_is_turned_away(alice: Citizen, opens: Opening) -> None:
    screen = await opens(alice)
    name = screen.wire.scope["headers"][1][1].split(b"=")[0]

    for cookie in (b"", b"x", b"token-of-citizen-1:1ufP9p:forged", b'"', b"a=b; c", b"\xff"):
        headers = [(b"origin", OURS.encode()), (b"cookie", name + b"=" + cookie)]
        communicator = type(screen.wire)(screen.wire.application, "/ws/citizen/", headers=headers)
        assert await communicator.connect(timeout=5) == (False, 4403), cookie


async def test_a_revoked_citizen_is_turned_away(alice: Citizen, quiet_after: None) -> None:
    await Citizen.objects.filter(pk=alice.pk).aupdate(revoked_at=timezone.now())

    _communicator, opened, code = await knock(alice)

    assert (opened, code) == (False, 4403)


async def test_a_citizen_has_no_place_on_the_socket_of_the_staff(
    alice: Citizen, quiet_after: None
) -> None:
    _communicator, opened, code = await knock(alice, path="/ws/staff/")

    assert (opened, code) == (False, 4403)


async def test_nobody_comes_to_the_staff_without_signing_in(quiet_after: None) -> None:
    _communicator, opened, code = await knock(None, path="/ws/staff/")

    assert (opened, code) == (False, 4403)


async def test_an_account_without_a_post_is_turned_away(oscar: User, quiet_after: None) -> None:
    await oscar.posts.all().adelete()

    _communicator, opened, code = await knock(oscar)

    assert (opened, code) == (False, 4403)


async def test_an_account_that_was_closed_is_turned_away(oscar: User, quiet_after: None) -> None:
    await User.objects.filter(pk=oscar.pk).aupdate(is_active=False)

    _communicator, opened, code = await knock(oscar)

    assert (opened, code) == (False, 4403)


async def test_there_is_no_other_door(alice: Citizen, quiet_after: None) -> None:
    for path in ("/ws/", "/ws/citizen", "/ws/staff/1/", "/"):
        _communicator, opened, _code = await knock(alice, path=path)
        assert not opened, path


async def test_a_citizen_has_three_sockets_and_no_fourth(alice: Citizen, opens: Opening) -> None:
    screens = [await opens(alice) for _ in range(settings.LIMITS["sockets_per_citizen"])]

    _communicator, opened, code = await knock(alice)
    assert (opened, code) == (False, 4429)

    await screens[0].leaves()
    assert await opens(alice)


async def test_a_heartbeat_is_answered(alice: Citizen, opens: Opening) -> None:
    screen = await opens(alice)

    await screen.says("heartbeat")

    assert await screen.hears("heartbeat")


RUBBISH = {
    "": "malformed",
    "{": "malformed",
    "[]": "malformed",
    "null": "malformed",
    "{}": "unknown_type",
    json.dumps({"type": "message.delete"}): "unknown_type",
    json.dumps({"type": ["hello"]}): "unknown_type",
    json.dumps({"type": "hello"}): "missing_field",
    json.dumps({"type": "hello", "cursors": {"x": 1}}): "bad_field",
    json.dumps({"type": "typing.show", "consultation": 7}): "bad_field",
    json.dumps({"type": "heartbeat", "more": "x" * 65_536}): "too_big",
    "[" * 5_000: "malformed",
}


async def test_a_frame_that_is_none_of_ours_is_refused_and_the_socket_lives(
    alice: Citizen, opens: Opening
) -> None:
    screen = await opens(alice)

    for text, code in RUBBISH.items():
        await screen.wire.send_input({"type": "websocket.receive", "text": text})
        refused = await screen.hears("refused")
        assert refused["code"] == code, text[:40]
        assert refused["detail"]["en"]

    await screen.says("heartbeat")
    assert await screen.hears("heartbeat")


async def test_another_version_is_refused_and_an_older_minor_one_is_not(
    alice: Citizen, opens: Opening
) -> None:
    screen: Screen = await opens(alice)

    await screen.says("hello", protocol=2, cursors={})
    assert (await screen.hears("refused"))["code"] == "version"

    await screen.says("hello", protocol=1, cursors={})
    welcome = await screen.hears("welcome")
    assert (welcome["protocol"], welcome["minor"]) == (1, MINOR)


async def test_bytes_are_refused(alice: Citizen, opens: Opening) -> None:
    screen = await opens(alice)

    await screen.wire.send_to(bytes_data=b"\x00\x01")

    assert (await screen.hears("refused"))["code"] == "malformed"


async def test_a_text_of_64_kib_in_letters_of_two_bytes_is_too_big(
    alice: Citizen, talk: Consultation, opens: Opening
) -> None:
    screen = await opens(alice)

    await screen.wire.send_to(text_data=json.dumps({"text": "س" * 40_000}, ensure_ascii=False))

    assert (await screen.hears("refused"))["code"] == "too_big"


async def test_twenty_frames_that_nobody_understands_end_the_socket(
    alice: Citizen, opens: Opening
) -> None:
    screen = await opens(alice)

    for _ in range(settings.LIMITS["malformed"]):
        await screen.wire.send_to(text_data="?")

    assert await screen.is_closed() == 1008


@pytest.fixture
def slow_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token every ten seconds, so that a busy machine does not refill what a test empties."""
    monkeypatch.setitem(settings.LIMITS, "bucket_per_second", 0.1)


async def test_haste_is_slowed_down_and_a_flood_ends_the_socket(
    alice: Citizen, talk: Consultation, opens: Opening, slow_buckets: None
) -> None:
    screen = await opens(alice)

    for _ in range(settings.LIMITS["bucket_burst"] + 1):
        await screen.says("typing.show", consultation=talk.pk)
    refused = await screen.hears("refused")
    assert refused["code"] == "slow_down"
    assert 0 < refused["retry_ms"] <= 10_001

    for _ in range(60):
        await screen.says("typing.show", consultation=talk.pk)
    assert await screen.is_closed() == 1008


async def test_a_flood_cannot_be_split_over_several_sockets(
    alice: Citizen, talk: Consultation, opens: Opening, slow_buckets: None
) -> None:
    screens = [await opens(alice) for _ in range(3)]

    for _ in range(settings.LIMITS["bucket_burst"] + 1):
        await screens[0].says("heartbeat")
    assert (await screens[0].hears("refused"))["code"] == "slow_down"
    await screens[1].says("typing.show", consultation=talk.pk)

    assert (await screens[1].hears("refused"))["code"] == "slow_down"


async def test_nothing_is_done_for_a_socket_that_was_shown_out(
    alice: Citizen, talk: Consultation, opens: Opening
) -> None:
    screen: Screen = await opens(alice)
    for _ in range(settings.LIMITS["malformed"]):
        await screen.wire.send_to(text_data="?")
    await screen.is_closed()

    await screen.wire.send_to(text_data=json.dumps(message(talk, "after the door was shut")))
    await asyncio.wait({screen.wire.future}, timeout=1)

    assert screen.wire.future.done()
    assert await later(talk.messages.filter(text="after the door was shut").count) == 0


def message(consultation: Consultation, text: str) -> dict[str, Any]:
    return {
        "type": "message.post",
        "consultation": str(consultation.pk),
        "stream": str(uuid4()),
        "n": 1,
        "client_id": str(uuid4()),
        "text": text,
    }


async def test_a_counsellor_holds_many_conversations_on_one_socket(
    labour: Any,
    oscar: User,
    alice: Citizen,
    mallet: Citizen,
    asks: Any,
    on_duty: GoingOnDuty,
    opens: Opening,
) -> None:
    await later(on_duty, oscar)
    one, other = await later(asks, alice), await later(asks, mallet)
    screen, hers, his = await opens(oscar), await opens(alice), await opens(mallet)

    await hers.posts(one, "from Alice")
    await his.posts(other, "from somebody else")

    heard = [await screen.hears("message.posted") for _ in range(2)]
    assert {(frame["consultation"], frame["text"]) for frame in heard} == {
        (str(one.pk), "from Alice"),
        (str(other.pk), "from somebody else"),
    }
    assert await hers.hears_nothing_of("message.posted")
