"""What is read from the database is not overtaken by what comes live."""

from uuid import uuid4

from chat.cursors import Cursors

TALK, OTHER = uuid4(), uuid4()


def counting(last: int) -> Cursors:
    cursors = Cursors()
    cursors.put(TALK, last)
    return cursors


def test_what_comes_next_is_heard_and_a_repeat_is_not() -> None:
    cursors = counting(3)

    assert cursors.step(TALK, 4) == 1
    assert cursors.step(TALK, 4) == 0
    assert cursors.step(TALK, 2) == 0
    assert cursors.of(TALK) == 4


def test_a_gap_is_seen_and_moves_nothing() -> None:
    cursors = counting(3)

    assert cursors.step(TALK, 6) == 3
    assert cursors.of(TALK) == 3


def test_where_nobody_counts_everything_is_heard() -> None:
    assert counting(3).step(OTHER, 70) == 1


def test_while_it_is_read_nothing_overtakes_and_the_reader_looks_once_more() -> None:
    cursors = counting(3)
    cursors.begin(TALK)

    assert cursors.look(TALK) == 3
    assert not cursors.has_more(TALK)
    assert cursors.step(TALK, 4) == 0
    assert cursors.has_more(TALK)
    assert cursors.look(TALK) == 3
    assert not cursors.has_more(TALK)
    assert cursors.step(OTHER, 1) == 1

    cursors.finish(TALK)
    assert cursors.step(TALK, 4) == 1


def test_of_two_readers_the_second_still_holds_back() -> None:
    cursors = counting(3)
    cursors.begin(TALK)
    cursors.begin(TALK)

    cursors.finish(TALK)
    assert cursors.step(TALK, 4) == 0

    cursors.finish(TALK)
    assert cursors.step(TALK, 4) == 1


def test_every_conversation_is_named_and_one_may_be_dropped() -> None:
    cursors = counting(3)
    cursors.put(OTHER, 1)

    assert set(cursors.numbers()) == {TALK.int, OTHER.int}
    cursors.drop(TALK)
    assert set(cursors.numbers()) == {OTHER.int}
    assert len(cursors) == 1
