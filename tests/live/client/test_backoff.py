"""How long a client waits before it connects again."""

from live.client.backoff import Backoff


def waits(backoff: Backoff, count: int) -> list[float]:
    return [backoff.next() for _ in range(count)]


def test_the_wait_doubles_up_to_half_a_minute_and_stays_there() -> None:
    assert waits(Backoff(chance=lambda: 1), 7) == [1, 2, 4, 8, 16, 30, 30]


def test_chance_shortens_a_wait_by_half_at_most() -> None:
    assert waits(Backoff(chance=lambda: 0), 3) == [0.5, 1, 2]


def test_after_a_success_it_begins_anew() -> None:
    backoff = Backoff(chance=lambda: 1)
    waits(backoff, 5)

    backoff.reset()

    assert backoff.next() == 1


def test_after_a_flood_the_first_wait_is_long_already() -> None:
    backoff = Backoff(chance=lambda: 1)

    backoff.slower()

    assert backoff.next() == 8
