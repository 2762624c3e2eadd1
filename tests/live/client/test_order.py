"""Messages by sequence: each once, none missed, whatever the wire does."""

from hypothesis import given
from hypothesis import strategies as st

from live.client.order import Order


def test_the_next_message_is_taken_and_a_repeat_is_not() -> None:
    order: Order[str] = Order(4)

    assert order.take(5, "five") == ["five"]
    assert order.take(5, "five") == []
    assert order.take(2, "two") == []
    assert order.last == 5


def test_a_message_that_comes_too_early_is_a_gap_and_moves_nothing() -> None:
    order: Order[str] = Order(4)

    assert order.take(7, "seven") is None
    assert (order.last, order.has_gap) == (4, False)


def test_ones_own_acknowledged_early_waits_for_what_is_missing() -> None:
    order: Order[str] = Order(4)

    assert order.hold(6, "mine") == []
    assert order.has_gap
    assert order.take(5, "five") == ["five", "mine"]
    assert (order.last, order.has_gap) == (6, False)


def test_what_was_held_is_a_repeat_when_the_server_sends_it_again() -> None:
    order: Order[str] = Order(4)
    order.hold(6, "mine")
    order.take(5, "five")

    assert order.take(6, "mine") == []


@given(st.lists(st.tuples(st.integers(1, 12), st.booleans())))
def test_whatever_comes_is_shown_once_in_order_and_without_gaps(
    heard: list[tuple[int, bool]],
) -> None:
    order: Order[int] = Order()
    shown: list[int] = []

    for seq, mine in heard:
        shown += (order.hold if mine else order.take)(seq, seq) or []

    assert shown == list(range(1, order.last + 1))
