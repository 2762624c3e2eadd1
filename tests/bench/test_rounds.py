"""Medians, ratios and void rounds: what a line of JSON says, and what it must not hide."""

from collections.abc import Callable, Iterator

from bench.rounds import Figure, Plan, Reading, Round, interleaved

LEAST = Figure(name="speed", unit="messages/s", peer="relay", must=0.25)
MOST = Figure(name="memory", unit="KiB", peer="relay", must=1.2, at_most=True)
ALONE = Figure(name="pairings", unit="pairings/s", peer="", must=200)


def rounds(*pairs: tuple[float, float]) -> list[Round]:
    return [Round(Reading(ours), Reading(theirs)) for ours, theirs in pairs]


def test_the_ratio_is_the_median_of_the_rounds_and_not_of_the_sums() -> None:
    line = LEAST.line(rounds((10, 100), (30, 100), (80, 200)), Plan())
    assert (line["value"], line["against"], line["ratio"]) == (30, 100, 0.3)
    assert line["rounds"] == 3
    assert line["ratios"] == [0.1, 0.3, 0.4]


def test_a_void_round_counts_for_nothing_and_is_said() -> None:
    broken = Round(Reading(1_000_000, "sent 2, stored 1, delivered 1"), Reading(1))
    line = LEAST.line([broken, *rounds((30, 100))], Plan())
    assert line["ratio"] == 0.3
    assert line["rounds"] == 1
    assert line["void"] == ["sent 2, stored 1, delivered 1"]


def test_the_peer_can_make_a_round_void_too() -> None:
    assert Round(Reading(1), Reading(0, "nothing was heard")).void == "nothing was heard"


def test_nothing_measured_reaches_nothing() -> None:
    line = LEAST.line([Round(Reading(1, "void"), Reading(1))], Plan())
    assert line["ratio"] is None
    assert line["reached"] is False


def test_a_goal_is_a_floor_or_a_ceiling() -> None:
    assert LEAST.line(rounds((30, 100)), Plan())["reached"] is True
    assert LEAST.line(rounds((20, 100)), Plan())["reached"] is False
    assert MOST.line(rounds((28, 29)), Plan())["reached"] is True
    assert MOST.line(rounds((58, 29)), Plan())["reached"] is False


def test_a_figure_without_a_peer_is_held_to_its_value() -> None:
    line = ALONE.line([Round(Reading(250)), Round(Reading(190)), Round(Reading(210))], Plan())
    assert (line["value"], line["against"], line["ratio"]) == (210, None, None)
    assert line["reached"] is True


def test_a_quick_look_says_so() -> None:
    assert LEAST.line(rounds((1, 1)), Plan(quick=True))["quick"] is True


def test_contenders_take_turns_in_going_first() -> None:
    order = []

    def turn(name: str) -> Callable[[], Reading]:
        def take() -> Reading:
            order.append(name)
            return Reading(1)

        return take

    taken: Iterator[Round] = interleaved(turn("ours"), turn("theirs"), 3)
    assert len(list(taken)) == 3
    assert order == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
