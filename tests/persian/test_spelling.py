"""Whole texts are rewritten as their single characters are, whatever stands in them."""

from hypothesis import given
from hypothesis import strategies as st

from persian.folding import fold
from persian.spelling import Spelling

MIXED = st.text(st.sampled_from("aZ1 ۱ء\u064eهکü漢🙏\x00\u200c\ufffeßﻻ"))


def spelt(character: str) -> str:
    return {"a": "", "ß": "ss", "ه": "ة", "漢": "", "\x00": " "}.get(character, character.lower())


@given(st.one_of(MIXED, st.text()))
def test_a_text_is_rewritten_character_by_character(text: str) -> None:
    assert Spelling(spelt)(text) == "".join(map(spelt, text))


def test_a_rare_character_does_not_spoil_its_neighbours() -> None:
    assert fold("سلام🙏 ١٢ مُدیر 漢 ﻻ") == "سلام 12 مدیر 漢 لا"
