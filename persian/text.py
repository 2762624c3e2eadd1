"""What people type, made safe to store, and the direction it reads in.

Cleaning never changes the meaning: an Arabic speaker's ي and ك stay as they are.
Only what staff write for the catalogue is rewritten to Persian letters.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain
from typing import Literal

ZWNJ = "\u200c"
LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"

Direction = Literal["ltr", "rtl"]

_UNSAFE_CATEGORIES = frozenset({"Cc", "Co", "Cs", "Cn"})
_SPOOFING = frozenset("\u202a\u202b\u202c\u202d\u202e" + LRI + RLI + FSI + PDI)
_INVISIBLE = frozenset("\u200b\ufeff")
_LINE_BREAKS = re.compile("\r\n|[\r\u2028\u2029]")
_PRESENTATION_FORM = re.compile("[\ufb50-\ufdfb\ufdfd-\ufdff\ufe70-\ufefc]")

_MARKS = "\u064b-\u065f\u0670"
_LOOSE_ZWNJ = re.compile(rf"{ZWNJ}(?:(?![\w{_MARKS}])|(?<![\w{_MARKS}]{ZWNJ}))")


def clean_input(text: str) -> str:
    """Safe to store, meaning unchanged.

    Composed letters, presentation forms opened, one kind of line break; control, private
    and spoofing characters out; a ZWNJ only between letters. This runs on every message,
    and nearly every message needs none of it, so that is asked first.
    """
    if _UNUSUAL.search(text) or not unicodedata.is_normalized("NFC", text):
        text = _rewritten(text)
    if ZWNJ in text and _LOOSE_ZWNJ.search(text):
        text = unicodedata.normalize("NFC", _without_loose_zwnj(text))
    return text.strip()


def _rewritten(text: str) -> str:
    text = unicodedata.normalize("NFC", _LINE_BREAKS.sub("\n", text))
    text = _PRESENTATION_FORM.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text)
    kept = (character for character in text.replace("\u00a0", " ") if _is_safe(character))
    return unicodedata.normalize("NFC", "".join(kept))


def _is_safe(character: str) -> bool:
    if character in _SPOOFING or character in _INVISIBLE:
        return False
    return character in "\n\t" or unicodedata.category(character) not in _UNSAFE_CATEGORIES


def _without_loose_zwnj(text: str) -> str:
    return _LOOSE_ZWNJ.sub("", re.sub(f"{ZWNJ}{{2,}}", ZWNJ, text))


def _any_but(characters: Iterable[int]) -> re.Pattern[str]:
    listed = "".join(re.escape(chr(code)) for code in characters)
    return re.compile(f"[^{listed}]")


def _is_usual(code: int) -> bool:
    character = chr(code)
    return (
        _is_safe(character)
        and character not in "\u00a0\u2028\u2029"
        and unicodedata.normalize("NFC", character) == character
    )


# Letters, marks, punctuation and emoji of everyday messages. Everything else takes the long way.
_UNUSUAL = _any_but(
    filter(
        _is_usual, chain(range(0x0700), range(0x2000, 0x2C00), [0xFE0F], range(0x1F300, 0x1FB00))
    )
)

_PERSIAN_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ڪ": "ک", "ۃ": "ة", "ہ": "ه", "ە": "ه", "\u0640": None}
)


def persian_editorial(text: str) -> str:
    """For what staff write in Persian: Persian letters, no kashida, single spaces."""
    return re.sub(r"[ \t]{2,}", " ", clean_input(text).translate(_PERSIAN_LETTERS)).strip()


def first_strong(text: str, default: Direction = "rtl") -> Direction:
    """The server's dir=auto, for documents and letters: the first strong letter decides."""
    depth = 0
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("LRI", "RLI", "FSI"):
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return default


def isolate(text: str, direction: Literal["ltr", "rtl", "auto"] = "auto") -> str:
    """For plain text only (subjects, text letters); a page says <bdi> instead."""
    return {"ltr": LRI, "rtl": RLI, "auto": FSI}[direction] + text + PDI
