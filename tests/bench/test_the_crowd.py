"""The crowd compiles, speaks the protocol, and the books of the house agree with it."""

from pathlib import Path

import pytest

from bench.contenders import turn
from bench.crowd import Crowd
from bench.houses import RAISED, Caretaker, House, Talks
from tests.conftest import environment


@pytest.mark.django_db(transaction=True)
def test_two_pairs_talk_and_everything_acknowledged_is_in_the_books(tmp_path: Path) -> None:
    house = House(tmp_path, {**environment(), **RAISED})
    house.make_people("talks", "2")
    caretaker = Caretaker(house)
    try:
        reading = turn(Talks(house, "uvicorn", caretaker), chatter)()
    finally:
        caretaker.leave()
    assert reading.void == ""
    assert reading.value > 0


def chatter(crowd: Crowd) -> float:
    """A little ping-pong, then a few messages at a fixed rate; long enough for a busy machine."""
    swift = crowd.pingpong(2, warm=0.1)
    even = crowd.at_rate(20, 3)
    assert swift.ready == even.ready == 4
    assert even.p99_ms >= even.p50_ms > 0
    return min(swift.rate, even.rate)
