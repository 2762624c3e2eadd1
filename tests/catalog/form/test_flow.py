"""The flow chart: lanes by who does it, mirrored by the direction of reading, nothing lost."""

from catalog.form.choices import Actor
from catalog.form.content import Step
from catalog.form.flow import HEIGHT, LANE, WIDTH, chart

STEPS = [
    Step(order=2, fa="بررسی پرونده در هیئت", en="Examination", actor=Actor.AGENCY, next=[3, 1]),
    Step(order=1, fa="ثبت دادخواست", en="File it", actor=Actor.APPLICANT),
    Step(order=3, fa="واریز", actor=Actor.OTHER_BODY),
]


def test_the_applicants_lane_is_the_first_to_be_read() -> None:
    persian, english = chart(STEPS, "fa"), chart(STEPS, "en")

    assert [lane.actor for lane in persian.lanes] == ["applicant", "agency", "other_body"]
    assert [lane.x for lane in persian.lanes] == [2 * LANE, LANE, 0]
    assert [lane.x for lane in english.lanes] == [0, LANE, 2 * LANE]


def test_steps_go_down_in_their_order_each_in_its_lane() -> None:
    drawn = chart(STEPS, "fa")

    assert [box.order for box in drawn.boxes] == [1, 2, 3]
    assert [box.y for box in drawn.boxes] == sorted(box.y for box in drawn.boxes)
    lanes = {lane.actor: lane for lane in drawn.lanes}
    for box in drawn.boxes:
        assert lanes[box.actor].x < box.x < box.x + WIDTH < lanes[box.actor].x + LANE
        assert all(box.y < y < box.y + HEIGHT for y, _line in box.lines)
    assert drawn.height >= drawn.boxes[-1].y + HEIGHT


def test_an_arrow_for_each_way_on_also_back() -> None:
    drawn = chart(STEPS, "fa")

    assert len(drawn.arrows) == 3  # 1 → 2, 2 → 3, 2 → 1.
    assert sum(path.count("H") == 2 for path in drawn.arrows) == 1  # The way back goes aside.


def test_words_of_one_language_only_are_still_drawn_and_long_ones_fit() -> None:
    long = Step(order=1, fa="یک " * 60)

    assert chart(STEPS, "en").boxes[2].lines[0][1] == "واریز"
    lines = chart([long], "fa").boxes[0].lines
    assert len(lines) == 3
    assert lines[-1][1].endswith("…")
