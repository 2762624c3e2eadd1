"""What was missed comes, in order and whole: after a pause, a gap, or a hint that was lost."""

import pytest

from accounts.models import User
from chat.models import Message
from consult.models import Citizen, Consultation
from tests.chat.screens import Opening, later

pytestmark = pytest.mark.django_db(transaction=True)


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
