"""First replies that come late: in danger while they are owed, counted for the day for good."""

from datetime import timedelta

import pytest
from django.db.models import F

from accounts.models import User
from chat.operations import hand_over
from consult.models import Assignment, Citizen, Consultation
from consult.operations.transferring import Handover
from oversight.board import Board, board_of
from tests.chat.writing import one, says
from tests.clock import sweep_once
from tests.people import Asking, GoingOnDuty, browser_of

pytestmark = pytest.mark.django_db
BOARD = "/staff/board/"


def time_passes(seconds: float, talk: Consultation) -> None:
    """So much later, and what time makes happen."""
    moments = ("assigned_at", "awaiting_since", "citizen_seen_at")
    Consultation.objects.filter(pk=talk.pk).update(
        **{name: F(name) - timedelta(seconds=seconds) for name in moments}
    )
    sweep_once()
    talk.refresh_from_db()


def late(board: Board) -> tuple[int, int]:
    """How many of how many."""
    return board.figures.late, board.figures.paired


def kinds(board: Board) -> list[str]:
    return [danger.kind for danger in board.dangers]


def test_a_late_first_reply_is_in_danger_until_it_comes_and_counted_ever_after(
    oscar: User, sara: User, talk: Consultation
) -> None:
    assert (late(board_of(sara)), kinds(board_of(sara))) == ((0, 1), [])

    time_passes(61, talk)
    assert (late(board_of(sara)), kinds(board_of(sara))) == ((1, 1), ["first_reply"])

    one(says(talk, oscar))
    assert (late(board_of(sara)), kinds(board_of(sara))) == ((1, 1), [])


def test_whoever_takes_over_owes_a_first_reply_of_their_own(
    oscar: User, olga: User, sara: User, talk: Consultation, on_duty: GoingOnDuty
) -> None:
    one(says(talk, oscar))
    on_duty(olga)
    to_olga = Handover(talk.topic, "for Olga", olga)
    hand_over(consultation=talk, handover=to_olga, counsellor=oscar)
    talk.refresh_from_db()
    assert talk.holder == olga

    time_passes(61, talk)

    assert (late(board_of(sara)), kinds(board_of(sara))) == ((1, 2), ["first_reply"])


def test_a_breach_is_not_undone_by_giving_it_away(
    oscar: User, olga: User, sara: User, talk: Consultation, on_duty: GoingOnDuty
) -> None:
    on_duty(olga)
    time_passes(181, talk)
    time_passes(0, talk)
    assert talk.holder == olga

    one(says(talk, olga))

    assert late(board_of(sara)) == (1, 2)


def test_yesterday_and_other_units_are_not_counted(
    alice: Citizen, mallory: User, sara: User, talk: Consultation, asks: Asking
) -> None:
    time_passes(61, talk)
    assert late(board_of(mallory)) == (0, 0)

    Assignment.objects.update(at=F("at") - timedelta(days=1))

    assert late(board_of(sara)) == (0, 0)


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", "امروز ۱ از ۱ پاسخ بیش از ۱ دقیقه طول کشید"),
        ("/en", "today 1 of 1 took longer than 1 minute"),
    ],
)
def test_the_board_says_so_in_words(
    sara: User, talk: Consultation, prefix: str, words: str
) -> None:
    time_passes(61, talk)

    assert words in browser_of(sara).get(prefix + BOARD).content.decode()
