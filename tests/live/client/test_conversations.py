"""What a client asks for when it connects, and what it makes of each answer."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from live.client.conversations import Conversations, TurnedAwayError
from live.frame import MAX_CURSORS, Command
from live.protocol import (
    ConsultationChanged,
    Hello,
    MessagePosted,
    MessageStored,
    PostMessage,
    Refused,
    Welcomed,
)

HERE, THERE = UUID(int=1), UUID(int=2)
NOW = datetime(2026, 1, 2, tzinfo=UTC)
WELCOME = Welcomed(protocol=1, minor=1, heartbeat_ms=15_000)
ENDED = ConsultationChanged(consultation=HERE, version=2, state="closed")


class Wire:
    """What was told, and a clock that is wound by hand."""

    def __init__(self) -> None:
        self.told: list[Command] = []
        self.alarms: list[tuple[float, Callable[[], None]]] = []
        self.held = Conversations(
            self.told.append,
            lambda after, act: self.alarms.append((after, act)),
            lambda _what, **_facts: None,
        )

    @property
    def hellos(self) -> list[dict[UUID, int]]:
        return [each.cursors for each in self.told if isinstance(each, Hello)]

    @property
    def posts(self) -> list[str]:
        return [each.text for each in self.told if isinstance(each, PostMessage)]

    def opens(self) -> None:
        self.told.clear()
        self.held.begin()

    def ring(self) -> None:
        alarms, self.alarms = self.alarms, []
        for _after, act in alarms:
            act()


@pytest.fixture
def wire() -> Wire:
    """Follows one conversation, of which 3 messages are held."""
    wire = Wire()
    wire.held.follow(HERE, 3)
    wire.opens()
    return wire


def posted(seq: int, **more: Any) -> MessagePosted:
    said = {"role": "citizen", "name": {"en": "Citizen"}, "text": "", "masked": []}
    return MessagePosted(consultation=HERE, seq=seq, at=NOW, **{**said, **more})


def stored(client_id: str, seq: int) -> MessageStored:
    place = {"stream": "s", "n": 1, "client_id": client_id, "text": "", "masked": []}
    return MessageStored(consultation=HERE, seq=seq, at=NOW, **place)  # type: ignore[arg-type]


async def test_nothing_is_posted_before_the_welcome_and_everything_after(wire: Wire) -> None:
    wire.held[HERE].post("one")
    assert (wire.hellos, wire.posts) == ([{HERE: 3}], [])

    wire.held.take(WELCOME)

    assert wire.posts == ["one"]


async def test_a_lost_connection_keeps_what_is_unacknowledged(wire: Wire) -> None:
    wire.held.take(WELCOME)
    first = wire.held[HERE].post("one")
    wire.held[HERE].post("two")
    wire.held.take(stored(first.client_id, 4))
    wire.held.end()
    wire.held[HERE].post("three")

    wire.opens()
    wire.held.take(WELCOME)

    assert wire.hellos == [{HERE: 4}]
    assert wire.posts == ["two", "three"]
    assert [sent.text for sent in wire.held.unacknowledged] == ["two", "three"]


async def test_ones_own_message_that_comes_with_what_was_missed_is_the_answer(wire: Wire) -> None:
    sent = wire.held[HERE].post("mine")

    heard = wire.held.take(posted(4, client_id=sent.client_id, text="mine"))

    assert (await sent.acknowledged).seq == 4
    assert [type(event) for event in heard] == [MessageStored]
    assert wire.held.take(stored(sent.client_id, 4)) == []


async def test_a_gap_is_asked_for_once_and_after_a_moment(wire: Wire) -> None:
    wire.held.take(WELCOME)
    for seq in (6, 7):
        assert wire.held.take(posted(seq)) == []
    assert wire.hellos == [{HERE: 3}]

    wire.ring()

    assert wire.hellos == [{HERE: 3}, {HERE: 3}]
    assert [len(wire.held.take(posted(seq))) for seq in (4, 5, 6, 7)] == [1, 1, 1, 1]


async def test_more_than_one_hello_can_carry_is_said_in_several(wire: Wire) -> None:
    for number in range(10, 10 + MAX_CURSORS):
        wire.held.follow(UUID(int=number), 0)

    wire.opens()

    assert [len(cursors) for cursors in wire.hellos] == [MAX_CURSORS, 1]
    wire.held.take(WELCOME)
    assert not wire.held.up
    wire.held.take(WELCOME)
    assert wire.held.up


async def test_a_refused_hello_is_followed_by_an_empty_one_and_then_one_by_one(wire: Wire) -> None:
    wire.held.follow(THERE, 8)
    wire.opens()

    wire.held.take(Refused(code="too_big", detail={}))
    wire.held.take(WELCOME)
    for _beat in range(3):
        wire.held.ask_the_next()

    assert wire.hellos == [{HERE: 3, THERE: 8}, {}, {HERE: 3}, {THERE: 8}]


async def test_haste_is_answered_with_patience_and_the_hello_is_said_again(wire: Wire) -> None:
    wire.held.take(Refused(code="slow_down", detail={}, retry_ms=700))
    wire.held[HERE].post("one")
    assert wire.hellos == [{HERE: 3}]

    wire.ring()
    wire.held.take(WELCOME)

    assert wire.hellos == [{HERE: 3}, {HERE: 3}]
    assert wire.posts == ["one"]


async def test_after_the_end_its_last_line_is_fetched_and_it_is_greeted_no_more(wire: Wire) -> None:
    wire.held.take(WELCOME)
    wire.held.take(ENDED)
    wire.ring()
    assert wire.hellos[-1] == {HERE: 3}
    wire.held.take(posted(4))
    wire.held.take(WELCOME)

    wire.opens()

    assert wire.hellos == [{}]


async def test_words_written_after_the_end_are_kept_until_they_are_answered(wire: Wire) -> None:
    wire.held.take(WELCOME)
    wire.held.take(ENDED)
    wire.ring()
    wire.held.take(WELCOME)
    wire.held[HERE].post("too late")
    wire.held.end()

    wire.opens()
    wire.held.take(WELCOME)

    assert wire.posts == ["too late"]


async def test_a_server_of_another_version_will_not_have_us(wire: Wire) -> None:
    with pytest.raises(TurnedAwayError):
        wire.held.take(Refused(code="version", detail={}))
