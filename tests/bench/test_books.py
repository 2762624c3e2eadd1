"""What makes a visit void: the crowd's own count, and the house's books."""

from dataclasses import replace
from pathlib import Path

from bench.crowd import Crowd, Heard
from bench.houses import unlike

WELL = Heard(
    sockets=2,
    ready=2,
    dead=0,
    refused=0,
    fault="",
    sent=3,
    acknowledged=3,
    delivered=3,
    rate=3,
    acknowledged_rate=3,
    p50_ms=1,
    p95_ms=1,
    p99_ms=1,
    max_ms=1,
    acknowledged_p50_ms=1,
    acknowledged_p99_ms=1,
    handshakes_per_s=1,
    processor=0.1,
)
KEPT = {"talk": {"lines": 5, "last": 5, "names": 5, "of_run": 3}}


def crowd() -> Crowd:
    """Three messages of one conversation were acknowledged, the last as its fifth line."""
    told = Crowd("house", 1, Path("cast"))
    told.acknowledged["talk"] = 3
    told.highest["talk"] = 5
    return told


def test_books_that_agree_are_accepted() -> None:
    assert unlike(KEPT, crowd()) == ""
    assert WELL.void == ""


def test_an_acknowledged_message_that_is_not_stored_is_found() -> None:
    assert "3 acknowledged, 2 stored" in unlike({"talk": {**KEPT["talk"], "of_run": 2}}, crowd())


def test_a_message_stored_twice_is_found() -> None:
    assert "4 names" in unlike({"talk": {**KEPT["talk"], "names": 4}}, crowd())


def test_a_hole_in_the_sequence_is_found() -> None:
    assert "the last is 6" in unlike({"talk": {**KEPT["talk"], "last": 6}}, crowd())


def test_an_acknowledged_sequence_beyond_the_end_is_found() -> None:
    short = {"talk": {"lines": 4, "last": 4, "names": 4, "of_run": 3}}
    assert "the last is 4" in unlike(short, crowd())


def test_a_dead_socket_a_refusal_and_a_lost_delivery_are_said() -> None:
    assert "1 sockets died" in replace(WELL, dead=1, fault="closed with 1008").void
    assert "slow_down" in replace(WELL, refused=1, fault="slow_down").void
    assert "delivered 2" in replace(WELL, delivered=2).void
