"""How fast one person may send."""

from live.limits import Bucket, bucket_of, forget_idle


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
    terms = {"per_second": 5.0, "burst": 20.0}
    mine = bucket_of("me", **terms, now=0)
    mine.take(0)

    assert bucket_of("me", **terms, now=0) is mine
    forget_idle(0)
    assert bucket_of("me", **terms, now=0) is mine

    forget_idle(100)
    assert bucket_of("me", **terms, now=100) is not mine
    forget_idle(1_000)
