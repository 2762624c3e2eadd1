"""How fast one person may send."""

from live.limits import LIMITS, Bucket, forget_idle, token_for


def bucket() -> Bucket:
    return Bucket(per_second=5, burst=20, tokens=20, at=0)


def test_a_burst_is_allowed_and_no_more() -> None:
    full = bucket()

    assert [full.take(0) for _ in range(20)] == [0] * 20
    assert full.take(0) == 0.2


def test_tokens_come_back_with_time_up_to_the_burst() -> None:
    empty = bucket()
    for _ in range(20):
        empty.take(0)

    assert empty.take(0.2) == 0
    assert empty.take(0.2) > 0
    assert [empty.take(1_000) for _ in range(21)].count(0) == 20


def test_waiting_exactly_as_long_as_was_said_is_enough() -> None:
    empty = bucket()
    for _ in range(20):
        empty.take(0)

    assert empty.take(empty.take(0) + 1e-9) == 0


def test_reconnecting_gains_nothing_and_the_idle_are_forgotten() -> None:
    burst = int(LIMITS["bucket_burst"])
    for _each in range(burst):
        assert token_for("me", 0) == 0

    assert token_for("me", 0) > 0
    forget_idle(0)
    assert token_for("me", 0) > 0

    forget_idle(100)
    assert token_for("me", 100) == 0
    forget_idle(1_000)
