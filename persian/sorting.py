"""Persian alphabetical order where no ICU is at hand: SQLite and Python.

Code-point order puts پ چ ژ ک گ ی last, and the Arabic order has ه before و.
"""

import re
import unicodedata

from persian.digits import latin_digits
from persian.text import ZWNJ

_ALPHABET = "ءآابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET)}
_SAME_PLACE = str.maketrans(
    {"أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ی", "ي": "ی", "ى": "ی", "ك": "ک"}
    | {"ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "\u0640": None, ZWNJ: None}
)


def sort_key(text: str) -> list[tuple[int, int]]:
    """Spaces and signs, then numbers by value, then Persian letters, then all others."""
    composed = unicodedata.normalize("NFC", text).translate(_SAME_PLACE)
    bare = "".join(c for c in composed if unicodedata.category(c) != "Mn")
    return [_place(part) for part in re.findall(r"\d+|\D", latin_digits(bare).casefold())]


def _place(part: str) -> tuple[int, int]:
    if part.isdecimal():
        return 1, int(part)
    if part in _RANK:
        return 2, _RANK[part]
    if part.isspace():
        return 0, 0
    return (3 if part.isalnum() else 0), ord(part)
