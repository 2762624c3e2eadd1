"""A fee, a time and visits are said alike wherever a card speaks, in the reader's language."""

import pytest
from django.template import Context, Template
from django.utils import translation

from catalog.content import passage_of

FORMS = [
    ({"duration": {"value": 1, "unit": "day"}}, "duration", "fa", "۱ روز"),
    ({"duration": {"value": 1, "unit": "day"}}, "duration", "en", "1 day"),
    ({"duration": {"value": 3, "unit": "working_day"}}, "duration", "en", "3 working days"),
    ({"duration": {"value": 2, "unit": "month"}}, "duration", "fa", "۲ ماه"),
    ({}, "duration", "en", "Not stated"),
    ({"fee": {"kind": "free"}}, "fee", "fa", "رایگان"),
    ({"fee": {"kind": "fixed", "amount_irr": 12500}}, "fee", "en", "12,500 rial"),
    ({"fee": {"kind": "tariff"}}, "fee", "fa", "طبق تعرفه"),
]
PAGE = Template(
    "{% load sheets %}{% if field == 'fee' %}{% price form.fee.kind form.fee.amount_irr %}"
    "{% else %}{% time_needed form.duration.value form.duration.unit %}{% endif %}"
)


@pytest.mark.parametrize(("form", "field", "language", "said"), FORMS)
def test_a_page_and_an_answer_say_the_same(
    form: dict[str, object], field: str, language: str, said: str
) -> None:
    assert passage_of(form, field, language) == said
    with translation.override(language):
        assert PAGE.render(Context({"form": form, "field": field})) == said


def test_visits_may_be_none_one_many_or_not_stated() -> None:
    page = Template("{% load sheets %}{% visits form.in_person_visits %}")
    forms = [{"in_person_visits": count} for count in (0, 1, 2, None)]
    with translation.override("en"):
        said = [page.render(Context({"form": form})) for form in [*forms, {}]]

    assert said == ["No visit", "One visit", "2 visits", "Not stated", "Not stated"]
