"""The quick questions asked before labels are read must never miss one."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from persian.personal import labels as module
from persian.personal.labels import Labels

# Known only together with the word before them: «شماره پاسپورت», «کد رهگیری».
QUIET = {"sheba", "card", "phone", "other"}


@pytest.mark.parametrize("kind", module._WORDS)
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(drawn=st.data())
def test_every_label_is_seen_and_makes_the_rules_ask(kind: str, drawn: st.DataObject) -> None:
    word = drawn.draw(st.from_regex(re.compile(module._WORDS[kind]), fullmatch=True))
    labels = Labels(word)

    assert labels.all
    assert labels.ask or {label.kind for label in labels.all} <= QUIET
