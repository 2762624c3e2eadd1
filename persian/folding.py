"""One spelling per word, so that a search finds what was meant.

Folded text is for the index and for queries only; it is never shown. `fold_with_offsets`
leads from a match back to the writer's own spelling.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from persian.digits import latin_digits
from persian.spelling import Spelling
from persian.text import ZWNJ

_STOP_WORDS = (
    "و در به از که این ان را با برای است هست شد شود می من ما شما او یا تا هم اگر چه چی کی کجا "
    "چطور چگونه ایا باید کنم کنید کرد کردم شده بود یک هر تو نه سلام لطفا ممنون اینکه ولی اما رو "
    "واسه دارم دارد داره های ها ای اند ام"
)
_ENDINGS = "هایشان هایمان هایتان هایم هایت هایش هایی های ها ترین مان تان شان تر ام اش ان ی"

STOP = frozenset(_STOP_WORDS.split())
_SUFFIXES = tuple(_ENDINGS.split())
_SAME_LETTER = str.maketrans(
    dict.fromkeys("يىېےۍ", "ی")
    | dict.fromkeys("كڪګڬ", "ک")
    | dict.fromkeys("ةۃہھەۂ", "ه")
    | {"ٱ": "ا", "ء": None, "\u0640": None}
)


def _folded(character: str) -> str:
    opened = unicodedata.normalize("NFKD", character.casefold()).casefold()
    bare = "".join(c for c in opened if unicodedata.category(c) != "Mn")
    folded = unicodedata.normalize("NFC", latin_digits(bare).translate(_SAME_LETTER))
    return re.sub(rf"[^\w{ZWNJ}]", " ", folded)


_FOLDED = Spelling(_folded)


def fold(text: str) -> str:
    """The search key: case, marks, letter variants, digits and punctuation made one. Keeps ZWNJ."""
    folded = _FOLDED(text)
    while "  " in folded:
        folded = folded.replace("  ", " ")
    return folded.strip(" ")


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, where in `text` it came from."""
    folded: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for part in _FOLDED.of(character):
            if part != " " or (folded and folded[-1] != " "):
                folded.append(part)
                offsets.append(offset)
    if folded and folded[-1] == " ":
        folded.pop()
        offsets.pop()
    return "".join(folded), offsets


@lru_cache(8192)
def light_stem(word: str) -> str:
    """Cuts one ending where at least three letters remain; deliberately small, no dictionary."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word.removesuffix(suffix)
    return word


def tokens(text: str) -> list[str]:
    """Index terms: each word, joined and parted at its ZWNJ, each with its light stem."""
    terms = (term for word in fold(text).split() for term in _terms(word))
    return list(dict.fromkeys(term for term in terms if _tells(term)))


def _terms(word: str) -> Iterator[str]:
    for form in _forms(word):
        yield form
        yield light_stem(form)


def _forms(word: str) -> list[str]:
    joined = word.replace(ZWNJ, "")
    return [joined, *filter(None, word.split(ZWNJ))] if ZWNJ in word else [joined]


def _tells(term: str) -> bool:
    return term not in STOP and (len(term) > 1 or term.isdigit())


def trigrams(text: str) -> list[str]:
    """Three-letter pieces of the telling words: the net under misspelt queries."""
    joined = (word.replace(ZWNJ, "") for word in fold(text).split())
    framed = [f"  {word} " for word in joined if word not in STOP]
    return list(dict.fromkeys(word[i : i + 3] for word in framed for i in range(len(word) - 2)))


def highlight(text: str, query: str) -> list[tuple[str, bool]]:
    """The text in pieces of its original spelling, True where a word answers the query."""
    terms = frozenset(tokens(query))
    beginnings = tuple(term for word in fold(query).split() for term in _beginnings(word))
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end, word in words_of(text):
        if terms.isdisjoint(_terms(word)) and not word.replace(ZWNJ, "").startswith(beginnings):
            continue
        if start > done:
            pieces.append((text[done:start], False))
        pieces.append((text[start:end], True))
        done = end
    return [*pieces, (text[done:], False)] if done < len(text) else pieces


def _beginnings(word: str) -> Iterator[str]:
    joined = word.replace(ZWNJ, "")
    if len(joined) >= 3 and joined not in STOP:
        yield joined


def words_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word of the text: where it starts and ends as written, and its folded form."""
    folded, offsets = fold_with_offsets(text)
    for word in re.finditer(r"\S+", folded):
        end = offsets[word.end() - 1] + 1
        while end < len(text) and not _FOLDED.of(text[end]):  # its marks belong to the word
            end += 1
        yield offsets[word.start()], end, word[0]
