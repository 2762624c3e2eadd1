"""Addresses of cards that bring none: the Persian title in Latin letters.

Vowels that are not written are not guessed; an editor may choose a better one before it is public.
"""

import re
from itertools import count

from persian.digits import latin_digits
from persian.folding import fold

PERSIAN = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
LATIN = "a b p t s j ch h kh d z r z zh s sh s z t z a gh f gh k g l m n v h i"
LETTERS = {**dict(zip(PERSIAN, LATIN.split(" "), strict=True)), "\u200c": ""}
LONGEST = 80
OTHER = re.compile(r"[^a-z0-9]+")


def slug_of(title: str) -> str:
    """A readable address; empty where nothing of the title can be written in Latin letters."""
    latin = "".join(LETTERS.get(letter, letter) for letter in fold(latin_digits(title)))
    words = OTHER.sub("-", latin).strip("-")
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit("-", 1)[0]


def free_slug(wanted: str, taken: set[str]) -> str:
    """`wanted`, or the next of its numbered kin that nobody has."""
    if wanted not in taken:
        return wanted
    return next(name for n in count(2) if (name := f"{wanted}-{n}") not in taken)
