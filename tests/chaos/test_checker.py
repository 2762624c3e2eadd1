"""The judge is told of one wrong thing at a time, and must say which; of nothing wrong, nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from chaos.checker import Seen, Verdict, judge
from chaos.diary import Diary, Heard, Said
from chaos.truth import Given, Row, Truth
from live.protocol import MessageStored

TALK = UUID(int=1)
ALICE, OSCAR, OLGA = "alice", 1, 2
LINES = [
    ("citizen", "question", "Where is my money?"),
    ("system", "joined", "joined"),
    ("citizen", "c1", "one word a"),
    ("counsellor", "o1", "two word b"),
    ("citizen", "c2", "three word c"),
]


def rows() -> list[Row]:
    return [
        Row(TALK, seq, role, name, text, at=float(10 * seq))
        for seq, (role, name, text) in enumerate(LINES, start=1)
    ]


def stored(name: str, seq: int) -> MessageStored:
    return MessageStored(
        consultation=TALK,
        stream="s",
        n=1,
        client_id=name,
        seq=seq,
        at=datetime(2026, 1, 2, tzinfo=UTC),
        text="",
        masked=[],
    )


def heard(count: int = 5) -> list[Heard]:
    return [Heard(TALK, row.seq, row.client_id, row.text, row.at) for row in rows()[:count]]


class Scene:
    """Alice and Oscar, who talked, and everything about it is right."""

    def __init__(self) -> None:
        self.alice = Diary(ALICE)
        self.alice.said = [Said(TALK, "c1", LINES[2][2], 1), Said(TALK, "c2", LINES[4][2], 2)]
        self.alice.stored = {"c1": stored("c1", 3), "c2": stored("c2", 5)}
        self.alice.heard[TALK] = heard()
        self.alice.whole = {TALK}
        self.oscar = Diary("oscar", staff=OSCAR)
        self.oscar.said = [Said(TALK, "o1", LINES[3][2], 1)]
        self.oscar.stored = {"o1": stored("o1", 4)}
        self.oscar.heard[TALK] = heard()
        self.rows = rows()
        self.given = [Given(TALK, OSCAR, epoch=1, at=20.0, load_before=0.0, capacity=4)]
        self.last = 5
        self.seen = Seen()

    def judged(self) -> Verdict:
        truth = Truth(self.rows, self.given, {TALK: self.last}, {TALK: "active"})
        return judge([self.alice, self.oscar], truth, self.seen)


def broken(scene: Scene) -> set[str]:
    return {kind for kind, found in scene.judged().found.items() if found}


def test_where_nothing_is_wrong_nothing_is_found() -> None:
    assert broken(Scene()) == set()
    assert Scene().judged().acked == 3


def test_1_what_was_acknowledged_and_is_not_stored_is_lost() -> None:
    scene = Scene()
    del scene.rows[4]
    scene.last = 4
    scene.alice.heard[TALK] = heard(4)
    scene.oscar.heard[TALK] = heard(4)

    assert broken(scene) == {"lost"}


def test_1_what_is_stored_at_another_place_or_in_other_words_is_lost() -> None:
    elsewhere, otherwise = Scene(), Scene()
    elsewhere.alice.stored["c2"] = stored("c2", 7)
    otherwise.alice.said[0] = replace(otherwise.alice.said[0], text="something else")

    assert broken(elsewhere) == broken(otherwise) == {"lost"}


@pytest.mark.parametrize("twin", ["c1", "another-name"])
def test_2_the_same_words_twice_are_a_duplicate(twin: str) -> None:
    scene = Scene()
    scene.rows.append(Row(TALK, 6, "citizen", twin, LINES[2][2], at=60.0))
    scene.last = 6
    scene.seen = Seen(until=55.0)

    assert broken(scene) == {"duplicated"}


def test_3_what_was_said_first_and_stored_last_is_out_of_order() -> None:
    scene = Scene()
    scene.alice.said.reverse()

    assert broken(scene) == {"reordered"}


def test_4_a_hole_in_the_sequence_is_a_gap() -> None:
    scene = Scene()
    scene.last = 6

    assert broken(scene) == {"gaps"}


@pytest.mark.parametrize("wrong", ["missing", "repeated", "other"])
def test_5_a_client_that_was_shown_something_else_has_a_gap(wrong: str) -> None:
    scene = Scene()
    shown = {
        "missing": [*heard()[:1], *heard()[2:]],
        "repeated": [*heard()[:2], *heard()[1:]],
        "other": [*heard()[:2], replace(heard()[2], client_id="x"), *heard()[3:]],
    }
    scene.oscar.heard[TALK] = shown[wrong]

    assert broken(scene) == {"gaps"}


def test_6_a_citizen_who_did_not_get_the_end_has_a_gap_unless_it_was_just_said() -> None:
    scene = Scene()
    scene.alice.heard[TALK] = heard(4)
    assert broken(scene) == {"gaps"}

    scene.seen = Seen(until=45.0)
    assert broken(scene) == set()


def test_7_an_assignment_above_the_capacity_is_found_in_the_log() -> None:
    scene = Scene()
    scene.given[0] = replace(scene.given[0], load_before=3.5)

    assert broken(scene) == {"over_capacity"}


def test_7_two_assignments_that_did_not_see_each_other_are_found_in_the_transcripts() -> None:
    scene = Scene()
    scene.given = [
        replace(scene.given[0], capacity=1),
        Given(UUID(int=2), OSCAR, epoch=1, at=20.001, load_before=0.0, capacity=1),
    ]

    assert broken(scene) == {"over_capacity"}


def test_7_what_waits_for_the_citizen_weighs_half_and_what_ended_nothing() -> None:
    scene = Scene()
    later = Given(UUID(int=2), OSCAR, epoch=1, at=45.0, load_before=0.5, capacity=2)
    scene.given = [replace(scene.given[0], capacity=2), later]
    assert broken(scene) == set()

    ended = Row(TALK, 6, "system", "end", "ended_answered", at=100.0)
    scene.rows.append(ended)
    scene.last = 6
    scene.seen = Seen(until=99.0)
    scene.given[1] = replace(later, at=102.0, capacity=1, load_before=0.0)
    assert broken(scene) == set()


def test_7_two_in_one_slot_are_found() -> None:
    scene = Scene()
    scene.seen = Seen(doubled=frozenset({(OSCAR, 1)}))

    assert broken(scene) == {"over_capacity"}


def test_8_who_waits_although_somebody_is_free_is_stranded() -> None:
    scene = Scene()
    scene.seen = Seen(longest={TALK: 2.4})

    assert broken(scene) == {"stranded"}


def handed_over(scene: Scene) -> Scene:
    """Olga has it from the fourth line on."""
    scene.rows[3] = Row(TALK, 4, "system", "joined-2", "joined", at=40.0)
    scene.given.append(Given(TALK, OLGA, epoch=2, at=40.0, load_before=0.0, capacity=4))
    scene.oscar.said, scene.oscar.stored = [], {}
    for diary in (scene.alice, scene.oscar):
        shown = heard()
        shown[3] = replace(shown[3], client_id="joined-2")
        diary.heard[TALK] = shown
    return scene


def test_9_who_reads_on_after_handing_over_reads_what_is_not_theirs() -> None:
    scene = handed_over(Scene())
    assert broken(scene) == {"foreign_reads"}

    scene.oscar.heard[TALK] = scene.oscar.heard[TALK][:3]
    assert broken(scene) == set()


def test_9_who_gets_it_back_may_read_it_all() -> None:
    scene = handed_over(Scene())
    scene.rows.append(Row(TALK, 6, "system", "joined-3", "joined", at=60.0))
    scene.given.append(Given(TALK, OSCAR, epoch=3, at=60.0, load_before=0.0, capacity=4))
    scene.last = 6
    scene.seen = Seen(until=55.0)

    assert broken(scene) == set()


def test_10_a_message_has_exactly_one_outcome() -> None:
    none, two = Scene(), Scene()
    none.alice.said.append(Said(TALK, "c3", "four word d", 3))
    two.alice.pending = {"c1"}

    assert "unaccounted" in broken(none)
    assert "unaccounted" in broken(two)


def test_11_who_cannot_say_what_they_have_written_is_stranded() -> None:
    scene = Scene()
    scene.alice.said.append(Said(TALK, "c3", "four word d", 3))
    scene.alice.pending = {"c3"}

    assert broken(scene) == {"stranded"}


def test_12_what_was_refused_is_not_stored() -> None:
    scene = Scene()
    scene.alice.failed = {"c2": "closed"}
    del scene.alice.stored["c2"]

    assert broken(scene) == {"unaccounted"}


def test_every_finding_says_who_and_what() -> None:
    scene = Scene()
    scene.alice.stored["c2"] = stored("c2", 7)

    found: Any = scene.judged().found["lost"]

    assert ALICE in found[0]
    assert "c2" in found[0]
