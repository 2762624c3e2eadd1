"""Work done in heaps: everything once, in order, whatever goes wrong in between."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from chat.batches import Batches

pytestmark = pytest.mark.django_db(transaction=True)


def doubled(numbers: Sequence[int]) -> list[int]:
    if 13 in numbers:
        raise ValueError(13)
    return [2 * number for number in numbers]


async def settled(done: Callable[..., Any], *heaps: Sequence[int]) -> None:
    """Put the heaps one after the other, each when the one before is done; then stop."""
    batches: Batches[int, int] = Batches("numbers", doubled, done, queue=3)
    for heap in heaps:
        for number in heap:
            assert batches.put(number)
        await batches.settle()
    await batches.stop()


async def test_who_has_nothing_to_do_has_settled() -> None:
    async with asyncio.timeout(5):
        await settled(lambda *_: None)


async def test_what_is_queued_is_done_in_order_before_the_end() -> None:
    told: list[tuple[int, int | None]] = []
    batches: Batches[int, int] = Batches(
        "numbers", doubled, lambda asked, answers: told.extend(zip(asked, answers, strict=True))
    )
    for number in range(5):
        batches.put(number)

    await batches.stop()

    assert told == [(number, 2 * number) for number in range(5)]


async def test_a_full_queue_refuses() -> None:
    batches: Batches[int, int] = Batches("numbers", doubled, lambda *_: None, queue=3)

    assert [batches.put(number) for number in range(4)] == [True, True, True, False]
    await batches.stop()


async def test_a_batch_that_fails_is_answered_with_nothing_and_the_next_is_done() -> None:
    told: list[Any] = []

    await settled(lambda _asked, answers: told.extend(answers), [13], [4])

    assert told == [None, 8]


async def test_whoever_stumbles_over_an_answer_does_not_stop_the_rest() -> None:
    told: list[Any] = []

    def stumble(asked: Sequence[int], answers: Sequence[Any]) -> None:
        if 1 in asked:
            raise LookupError(1)
        told.extend(answers)

    await settled(stumble, [1], [2])

    assert told == [4]
