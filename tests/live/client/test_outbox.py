"""Nothing written is lost, doubled or out of order, whatever the wire does."""

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID

from live.client.outbox import WINDOW, Entry, Outbox
from live.protocol import MessageRefused

HERE = UUID(int=1)


class Desk:
    """An outbox on a wire that can be cut, with a clock that is wound by hand."""

    def __init__(self) -> None:
        names = count(1)
        self.sent: list[tuple[str, int, str, str]] = []
        self.alarms: list[tuple[float, Callable[[], None]]] = []
        self.up = True
        self.outbox = Outbox(
            send=self._send,
            later=lambda after, act: self.alarms.append((after, act)),
            new_id=lambda: f"id{next(names)}",
        )

    def _send(self, entry: Entry) -> bool:
        if self.up:
            self.sent.append((entry.stream, entry.n, entry.client_id, entry.text))
        return self.up

    @property
    def texts(self) -> list[str]:
        return [text for *_place, text in self.sent]

    def ring(self) -> None:
        alarms, self.alarms = self.alarms, []
        for _after, act in alarms:
            act()

    def refuse(self, which: int, code: str, **more: Any) -> Entry | None:
        """The server's answer to the frame that left as number `which`."""
        stream, n, client_id, _text = self.sent[which]
        return self.outbox.refused(
            MessageRefused(
                consultation=HERE, stream=stream, n=n, client_id=client_id, code=code,
                detail={}, **more
            )
        )  # fmt: skip

    def store(self, which: int) -> None:
        self.outbox.stored(self.sent[which][2])


def test_messages_are_numbered_from_one_in_one_stream() -> None:
    desk = Desk()

    for text in "ab":
        desk.outbox.post(text)

    assert [(n, text) for _stream, n, _id, text in desk.sent] == [(1, "a"), (2, "b")]
    assert desk.sent[0][0] == desk.sent[1][0]


def test_an_acknowledged_message_is_forgotten() -> None:
    desk = Desk()
    desk.outbox.post("a")

    desk.store(0)

    assert desk.outbox.entries == []


def test_what_is_written_while_the_wire_is_cut_leaves_in_order_when_it_is_mended() -> None:
    desk = Desk()
    desk.up = False
    for text in "ab":
        desk.outbox.post(text)

    desk.up = True
    desk.outbox.resend()

    assert desk.texts == ["a", "b"]


def test_a_long_outbox_leaves_window_by_window() -> None:
    desk = Desk()
    for each in range(3 * WINDOW):
        desk.outbox.post(str(each))
    assert len(desk.sent) == WINDOW

    for each in range(2 * WINDOW):
        desk.store(each)

    assert desk.texts == [str(each) for each in range(3 * WINDOW)]


def test_a_server_that_asks_for_patience_gets_everything_again_in_order() -> None:
    desk = Desk()
    desk.outbox.post("a")
    desk.refuse(0, "slow_down", retry_ms=700)

    desk.outbox.post("b")
    assert desk.texts == ["a"]
    assert desk.alarms[-1][0] == 0.7
    desk.ring()

    assert desk.texts == ["a", "a", "b"]


def test_a_gap_sends_again_from_the_number_that_the_server_expects() -> None:
    desk = Desk()
    for text in "ab":
        desk.outbox.post(text)
    desk.refuse(1, "gap", expect=1)

    desk.ring()

    assert desk.sent[2:] == desk.sent[:2]


def test_a_message_refused_for_good_does_not_hold_up_the_next_ones() -> None:
    desk = Desk()
    for text in ("too long", "b"):
        desk.outbox.post(text)

    failed = desk.refuse(0, "too_long")
    desk.ring()

    assert failed is not None
    assert failed.text == "too long"
    assert desk.sent[2][1:] == (1, desk.sent[1][2], "b")
    assert desk.sent[2][0] != desk.sent[0][0]


def test_the_refusal_of_a_number_that_was_given_up_is_no_news() -> None:
    desk = Desk()
    for text in ("too long", "b"):
        desk.outbox.post(text)
    desk.refuse(0, "too_long")
    desk.ring()

    assert desk.refuse(1, "gap", expect=1) is None
    assert [entry.text for entry in desk.outbox.entries] == ["b"]


def test_a_place_that_another_message_has_taken_is_left_once_then_it_has_failed() -> None:
    desk = Desk()
    desk.outbox.post("a")
    assert desk.refuse(0, "repeated") is None
    desk.ring()

    failed = desk.refuse(1, "repeated")

    assert failed is not None
    assert desk.outbox.entries == []


def test_an_answer_that_never_comes_is_asked_for_again_and_only_then() -> None:
    desk = Desk()
    desk.outbox.post("a")
    desk.ring()
    assert desk.texts == ["a", "a"]

    desk.store(0)
    desk.ring()

    assert desk.texts == ["a", "a"]
