"""Numbers, days, codes and icons as a page shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from agency.templatetags import words

MOMENT = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Waited:
    low: float
    high: float


@pytest.fixture
def in_persian() -> Iterator[None]:
    with translation.override("fa"):
        yield


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def rendered(template: str, **context: object) -> str:
    return Template("{% load words %}" + template).render(Context(context))


@pytest.mark.usefixtures("in_persian")
class TestForAPersianReader:
    def test_digits_are_persian(self) -> None:
        assert words.digits(1405) == "۱۴۰۵"

    def test_a_code_is_grouped(self) -> None:
        assert words.code("738323356480") == "۷۳۸۳-۲۳۳۵-۶۴۸۰"

    def test_a_moment_is_jalali_and_on_tehrans_clock(self) -> None:
        assert words.moment(MOMENT) == "یکشنبه ۱ آذر ۱۴۰۵، ساعت ۱۶:۳۰"

    def test_the_day_of_a_moment_is_tehrans(self) -> None:
        late = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)

        assert words.short_day(late) == "۲ آذر"
        assert words.short_day(date(2026, 11, 22)) == "۱ آذر"

    def test_a_day_may_be_told_without_its_weekday(self) -> None:
        assert words.plain_day(date(2026, 11, 22)) == "۱ آذر ۱۴۰۵"

    def test_money_is_grouped_by_thousands(self) -> None:
        assert words.grouped(12500000) == "۱۲٬۵۰۰٬۰۰۰"

    def test_a_span_is_told_from_seconds_and_from_a_timedelta(self) -> None:
        assert words.span(132) == words.span(timedelta(seconds=132)) == "۲ دقیقه و ۱۲ ثانیه"

    def test_a_wait_is_told_in_whole_minutes(self) -> None:
        assert words.digits(5) in words.wait(Waited(low=130, high=290))
        assert words.wait(Waited(low=10, high=20)) == "۱ دقیقه"

    def test_what_is_missing_is_left_empty(self) -> None:
        shown = [
            words.digits(None),
            words.moment(None),
            words.clock(None),
            words.span(None),
            words.wait(None),
            words.grouped(None),
        ]

        assert shown == [""] * 6

    def test_the_persian_half_is_shown(self) -> None:
        assert words.localized({"fa": "کارت", "en": "card"}) == "کارت"
        assert words.localized(None) == ""


@pytest.mark.usefixtures("in_english")
class TestForAnEnglishReader:
    def test_a_moment_is_gregorian_in_latin_digits(self) -> None:
        assert words.moment(MOMENT) == "Sunday 22 November 2026, 16:30"

    def test_a_missing_translation_falls_back_to_persian(self) -> None:
        assert words.localized({"fa": "کارت", "en": None}) == "کارت"

    def test_a_wait_is_a_range(self) -> None:
        assert words.wait(Waited(low=130, high=290)) == "3 to 5 minutes"


def test_an_answering_word_is_marked_and_markup_in_the_text_stays_text() -> None:
    shown = words.highlight("<b>بیمهٔ بیکاری", "بیمه")

    assert shown == "&lt;b&gt;<mark>بیمهٔ</mark> بیکاری"


def test_the_direction_follows_the_first_letter() -> None:
    assert [words.direction("۱۲ سلام"), words.direction("12 hello")] == ["rtl", "ltr"]


def test_an_icon_that_points_is_marked_to_flip() -> None:
    shown = rendered("{% icon 'send' flip=True %}")

    assert 'class="icon flip"' in shown
    assert "design/icons.svg#send" in shown


def test_an_icon_can_be_drawn_in_the_page_itself() -> None:
    shown = rendered("{% drawn 'clock' %}")

    assert "<circle" in shown
    assert "icons.svg" not in shown


@pytest.mark.urls("tests.agency.addresses")
def test_the_language_switch_stays_on_the_page() -> None:
    request = RequestFactory().get("/somewhere/", {"q": "بیمه"})

    with translation.override("fa"):
        assert words.language_url({"request": request}, "en").startswith("/en/somewhere/?q=")


def test_a_form_draws_its_own_input_in_our_clothes() -> None:
    class Form(forms.Form):
        text = forms.CharField(widget=forms.Textarea)

    shown = words.widget(Form()["text"], "textarea", rows=4, aria_label="x")

    assert 'class="textarea"' in shown
    assert 'rows="4"' in shown
    assert 'aria-label="x"' in shown
