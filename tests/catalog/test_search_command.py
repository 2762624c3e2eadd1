"""`manage.py search_cards` for a question, and for a file of them."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.models import ServiceCard

pytestmark = pytest.mark.django_db


def said(*words: str, **more: object) -> str:
    out = StringIO()
    call_command("search_cards", *words, stdout=out, **more)
    return out.getvalue()


def test_one_question_is_answered(card: ServiceCard) -> None:
    assert said("مزدم", "را", "نداده‌اند") == "unpaid-wages\n"


def test_each_line_is_answered_by_a_line(
    card: ServiceCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("حقوقمو نمیدن\n\nzzzz qqqq\nunpaid wages\n"))

    lines = said("--stdin", "--json").splitlines()

    assert [json.loads(each) for each in lines] == [["unpaid-wages"], [], [], ["unpaid-wages"]]


def test_without_a_question_it_says_what_it_needs() -> None:
    with pytest.raises(CommandError):
        said()
