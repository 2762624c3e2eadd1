"""The national form, typed: every sample card fits, and what does not fit is named."""

import json
from typing import Any

import msgspec
import pytest
from django.conf import settings

from catalog.form.content import plain, read
from catalog.form.rules import completeness, problems

SAMPLE = settings.BASE_DIR / "catalog" / "sample" / "services.json"
FORMS: list[dict[str, Any]] = json.loads(SAMPLE.read_text())["services"]


@pytest.mark.parametrize("said", FORMS, ids=lambda form: str(form["slug"]))
def test_every_sample_card_is_read_without_loss_and_may_be_published(said: dict[str, Any]) -> None:
    form = read(said)

    kept = plain(form)
    assert read(kept) == form
    assert {name: kept[name] for name in kept if name in said and _is_flat(said[name])} == {
        name: said[name] for name in kept if name in said and _is_flat(said[name])
    }
    assert problems(form) == []
    assert completeness(form).filled >= 80
    assert completeness(form).english == 100


def _is_flat(value: Any) -> bool:
    return not isinstance(value, dict | list)


def test_what_does_not_fit_is_named_with_its_place() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"steps\[0\].actor"):
        read({"steps": [{"fa": "ثبت", "order": 1, "actor": "nobody"}]})
    with pytest.raises(msgspec.ValidationError, match=r"fee.amount_irr"):
        read({"fee": {"kind": "fixed", "amount_irr": -1}})


def test_an_empty_form_says_at_each_field_what_is_missing() -> None:
    found = {each.field for each in problems(read({}))}

    assert found == {"title", "description", "service_type", "documents", "steps"}
    assert completeness(read({})).filled < 10


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("steps", [{"fa": "یک", "order": 1}, {"fa": "سه", "order": 3}]),
        ("steps", [{"fa": "یک", "order": 1, "next": [4]}]),
        ("steps", [{"fa": " ", "order": 1}]),
        ("documents", [{"en": "Card"}]),
        ("fee", {"kind": "fixed"}),
    ],
)
def test_a_row_that_makes_no_sense_keeps_it_from_the_public(field: str, wrong: Any) -> None:
    assert field in {each.field for each in problems(read({**FORMS[0], field: wrong}))}
