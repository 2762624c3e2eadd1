"""The words a text is found by."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from persian.folding import fold, fold_with_offsets, light_stem, tokens
from persian.speech import says_little
from persian.text import ZWNJ

LONGEST = 60
_TIE = "\u0640"  # Joins two words that stand side by side; folding leaves none in a text.


def terms_of(text: str) -> list[str]:
    """Its words and stems, and its telling words in pairs, so that «پروانه کار» is one thing."""
    words = [each for each in tokens(text) if len(each) <= LONGEST]
    return [*words, *pairs(text)]


def pairs(text: str) -> list[str]:
    """Neighbours, each as its stem; what says little stands between them unseen."""
    stems = [light_stem(each) for each in telling(text)]
    found = (f"{one}{_TIE}{other}" for one, other in pairwise(stems))
    return [each for each in dict.fromkeys(found) if len(each) <= LONGEST]


def telling(text: str) -> list[str]:
    """The folded words, parted at their ZWNJ, without those that say little."""
    parted = fold(text).replace(ZWNJ, " ").split()
    return [each for each in parted if not says_little(each) and len(each) > 1]


def pair(one: str, other: str) -> str:
    return f"{light_stem(one)}{_TIE}{light_stem(other)}"


def is_pair(term: str) -> bool:
    return _TIE in term


def spellings(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each folded word as somebody wrote it."""
    for text in texts:
        folded, offsets = fold_with_offsets(text)
        for match in re.finditer(r"\S+", folded):
            written = text[offsets[match.start()] : offsets[match.end() - 1] + 1]
            yield match[0].replace(ZWNJ, ""), written
            yield from zip(match[0].split(ZWNJ), written.split(ZWNJ), strict=False)
