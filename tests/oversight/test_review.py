"""The supervisor's room: the live board, and finding what was said."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from agency.models import Topic, Unit
from chat.operations import end, post
from chat.posts import Post
from consult.models import Citizen, Consultation, Duty
from consult.timers import timer
from oversight.board import board_of
from oversight.queries import find_transcripts, hits
from tests.people import Asking, browser_of
from trust.models import AuditEntry

pytestmark = pytest.mark.django_db


def says(consultation: Consultation, person: Citizen | User, text: str) -> None:
    post(
        Post(
            consultation=consultation.pk,
            person=person,
            stream=text[:30],
            n=1,
            client_id=text[:30],
            text=text,
        )
    )


def found(supervisor: User, q: str, topic: Topic | None = None) -> list[Consultation]:
    return list(find_transcripts(supervisor, q, topic))


def test_the_board_shows_who_waits_and_who_talks(
    alice: Citizen, mallet: Citizen, oscar: User, sara: User, talk: Consultation, asks: Asking
) -> None:
    asks(mallet, language="ar")

    board = board_of(sara)

    assert (board.figures.waiting, board.figures.talking, board.figures.load) == (1, 1, 1)
    assert [(each.consultation, each.counsellor) for each in board.talks] == [(talk, oscar)]
    assert [(each.waiting, each.topic) for each in board.lines] == [(1, talk.topic)]
    assert [(each.person, each.state) for each in board.people] == [(oscar, "available")]
    assert board.dangers == []


def test_shares_are_not_invented_from_few(sara: User, talk: Consultation) -> None:
    end(consultation=talk, reason=Consultation.CloseReason.ANSWERED)

    assert board_of(sara).figures.abandoned_share is None
    assert board_of(sara).figures.solved_share is None


def test_danger_is_named(
    alice: Citizen, oscar: User, sara: User, talk: Consultation, asks: Asking
) -> None:
    late = timezone.now() - timer("first_reply_target") - timedelta(seconds=1)
    Consultation.objects.update(awaiting_since=late)
    assert [each.kind for each in board_of(sara).dangers] == ["first_reply"]

    Duty.objects.update(lease_until=timezone.now())
    assert [each.kind for each in board_of(sara).dangers] == ["lost"]

    waiting = asks(alice)
    Consultation.objects.filter(pk=waiting.pk).update(
        arrived_at=timezone.now() - timer("promise") - timedelta(seconds=1)
    )
    assert [each.kind for each in board_of(sara).dangers] == ["lost", "waits"]


def test_another_unit_is_not_on_the_board(mallory: User, talk: Consultation) -> None:
    board = board_of(mallory)

    assert (board.figures.talking, board.talks, board.people, board.lines) == (0, [], [], [])


def test_a_conversation_is_found_by_its_words_however_they_are_typed(
    alice: Citizen, oscar: User, sara: User, talk: Consultation
) -> None:
    says(talk, alice, "كتاب‌هايم را مي‌خواهم")
    says(talk, oscar, "شمارهٔ پرونده ۱۲۳۴ است")

    for q in ("کتاب", "کتابهایم می‌خواهم", "كتاب", "1234", "پرونده حقوقم", ""):
        assert found(sara, q) == [talk], q
    for q in ("گذرنامه", "کتاب گذرنامه"):
        assert found(sara, q) == [], q


def test_only_ones_own_units_are_searched(
    sara: User, mallory: User, welfare: Unit, topic: Topic, general: Topic, talk: Consultation
) -> None:
    assert found(mallory, "حقوقم") == []
    assert found(sara, "حقوقم", general) == []
    assert found(sara, "حقوقم", topic) == [talk]

    mallory.posts.create(role=Role.SUPERVISOR, unit=topic.unit)
    assert found(mallory, "حقوقم") == [talk]


def test_what_was_found_is_shown_with_its_place_marked(
    alice: Citizen, sara: User, talk: Consultation
) -> None:
    says(talk, alice, "x" * 300 + " نیلوفر " + "y" * 300)

    hit = hits(find_transcripts(sara, "نیلوفر", None), "نیلوفر")[0]

    assert ("نیلوفر", True) in hit.pieces
    assert sum(len(text) for text, _found in hit.pieces) < 200


def test_reading_a_transcript_leaves_a_line_before_it_is_shown(
    sara: User, talk: Consultation
) -> None:
    response = browser_of(sara).get(
        reverse("oversight:read", args=[talk.pk]), REMOTE_ADDR="203.0.113.7"
    )

    assert response.status_code == 200
    line = AuditEntry.objects.get()
    assert (line.actor, line.action, line.subject_id, line.address) == (
        sara,
        "read_transcript",
        str(talk.pk),
        "203.0.113.0/24",
    )


def test_finding_alone_is_not_reading(sara: User, talk: Consultation) -> None:
    browser_of(sara).get(reverse("oversight:search"), {"q": "حقوقم"})

    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    "query", [{"topic": "x"}, {"topic": "²"}, {"topic": "9" * 30}, {"q": "\x00"}, {"q": "ب" * 900}]
)
def test_a_strange_search_is_no_accident(
    sara: User, talk: Consultation, query: dict[str, str]
) -> None:
    assert browser_of(sara).get(reverse("oversight:search"), query).status_code == 200


def test_the_board_alone_is_a_fragment(sara: User, talk: Consultation) -> None:
    body = browser_of(sara).get(reverse("oversight:board-live")).content.decode()

    assert "<html" not in body
    assert str(talk.pk) in body


def test_signs_alone_find_nothing(sara: User, talk: Consultation) -> None:
    for q in ("؟!", "\u200c"):
        assert found(sara, q) == [], q


def test_the_pieces_of_all_are_one_question_to_the_database(
    mallet: Citizen, sara: User, asks: Asking, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(4):
        asks(mallet, f"سؤال {number}")
    every = find_transcripts(sara, "سؤال", None)

    with django_assert_num_queries(2):
        shown = hits(every, "سؤال")
    assert [len(each.pieces) for each in shown] == [2, 2, 2, 2]
    with django_assert_num_queries(1):
        assert not any(each.pieces for each in hits(every, "", with_pieces=False))
