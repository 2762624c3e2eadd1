"""The flow chart of a service, laid out in swim lanes. Pure: boxes and arrows in plain numbers.

One lane for each actor, the applicant's first: the rightmost where people read from right to left.
Steps go down the page in their order; an arrow leads to the step below, or to those that a step
names. What is drawn is also there as a list, which is what a screen reader is given.
"""

from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from catalog.form.choices import Actor
from catalog.form.content import Step

LANE, HEAD, ROW = 216, 40, 104  # Width of a lane, height of its head, distance of two steps.
WIDTH, HEIGHT = 184, 72  # Of a box.
LETTERS, LINES = 26, 3  # What fits into one.
LINE: Final = 19
ASIDE: Final = 9  # How far from a lane's edge an arrow goes that skips steps.


@dataclass(frozen=True, slots=True)
class Lane:
    actor: str
    label: str
    x: int
    middle: int


@dataclass(frozen=True, slots=True)
class Box:
    """A step: where it stands, and its words line by line, each with its height."""

    order: int
    actor: str
    x: int
    y: int
    middle: int
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    width: int
    height: int
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]  # As SVG path data.
    right_to_left: bool


def chart(steps: list[Step], language: str) -> Chart:
    """The chart in the words of `language`, where a step has them."""
    ordered = sorted(steps, key=lambda step: step.order)
    rtl = language != "en"
    actors = [actor for actor in Actor if any(step.actor == actor for step in ordered)]
    lanes = _lanes(actors, rtl=rtl)
    places = {lane.actor: lane for lane in lanes}
    boxes = [_box(row, step, places[step.actor], language) for row, step in enumerate(ordered)]
    return Chart(
        width=LANE * len(lanes),
        height=HEAD + ROW * len(boxes),
        lanes=tuple(lanes),
        boxes=tuple(boxes),
        arrows=tuple(_arrows(ordered, boxes)),
        right_to_left=rtl,
    )


def _lanes(actors: list[Actor], *, rtl: bool) -> list[Lane]:
    count = len(actors)
    columns = range(count - 1, -1, -1) if rtl else range(count)
    return [
        Lane(actor.value, str(actor.label), LANE * column, LANE * column + LANE // 2)
        for actor, column in zip(actors, columns, strict=True)
    ]


def _box(row: int, step: Step, lane: Lane, language: str) -> Box:
    said = (step.en if language == "en" else step.fa) or step.fa or step.en
    words = _fitting(said)
    y = HEAD + ROW * row + (ROW - HEIGHT) // 2
    top = y + (HEIGHT - LINE * len(words)) // 2 + LINE - 5
    lines = tuple((top + LINE * place, line) for place, line in enumerate(words))
    return Box(step.order, step.actor.value, lane.x + (LANE - WIDTH) // 2, y, lane.middle, lines)


def _fitting(words: str) -> list[str]:
    lines = wrap(words, LETTERS) or [""]
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1][: LETTERS - 1].rstrip()}…"]
    return lines


def _arrows(steps: list[Step], boxes: list[Box]) -> list[str]:
    rows = {box.order: row for row, box in enumerate(boxes)}
    paths = []
    for row, step in enumerate(steps):
        below = [row + 1] if row + 1 < len(boxes) else []
        wanted = [rows[order] for order in step.next if order in rows] or below
        paths += [_path(boxes[row], boxes[to], skips=to != row + 1) for to in wanted if to != row]
    return paths


def _path(start: Box, end: Box, *, skips: bool) -> str:
    """Down out of one box and down into the other; past whatever lies between, beside the lanes."""
    out, into = start.y + HEIGHT, end.y
    gap = (ROW - HEIGHT) // 2
    if not skips:
        return f"M{start.middle} {out}V{out + gap}H{end.middle}V{into}"
    aside = start.middle + (LANE // 2 - ASIDE)
    return f"M{start.middle} {out}V{out + gap // 2}H{aside}V{into - gap}H{end.middle}V{into}"
