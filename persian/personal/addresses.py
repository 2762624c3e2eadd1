"""E-mail addresses, as they are and as people spell them out to hide them."""

import re
from collections.abc import Iterator

from persian.personal.hit import Hit
from persian.personal.reading import Reading

_NAME = r"(?<![a-z0-9._%+-])[a-z0-9._%+-]+"
_ANY_NAME = r"(?<![\w.+-])[\w.+-]+"
_HOST = r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}"
_AT, _DOT = r"(?:\s?[\[({]\s?at\s?[\])}]\s?|\sat\s)", r"(?:\s?[\[({]\s?dot\s?[\])}]\s?|\sdot\s)"
_ANY_DOT = re.compile(rf"{_DOT}|\s?\.\s?", re.IGNORECASE)
_WITH_SIGN = (
    re.compile(rf"(?P<name>{_NAME})\s?@\s?(?P<host>{_HOST})"),
    re.compile(r"(?P<name>" + _ANY_NAME + r")@(?P<host>[\w-]+(?:\.[\w-]+)+)"),
    re.compile(
        rf"(?P<name>{_NAME})\s?@\s?(?P<host>[a-z0-9-]+(?:\s\.\s?[a-z0-9-]+){{0,3}}?"
        r"\s\.\s?(?:com|ir|org|net|info|edu))(?![\w-])"
    ),
)
_IN_WORDS = re.compile(
    rf"(?P<name>{_NAME})(?:{_AT}(?P<host>[a-z0-9-]+(?:{_DOT}[a-z0-9-]+)+)"
    rf"|\s?[\[({{]\s?at\s?[\])}}]\s?(?P<plain>{_HOST}))"
)
_SPELT_AT = re.compile(r"[\[({\s]at[\])}\s]")


def _patterns(text: str) -> Iterator[re.Pattern[str]]:
    if "@" in text:
        yield from _WITH_SIGN
    if "at" in text and _SPELT_AT.search(text):
        yield _IN_WORDS


def emails(reading: Reading) -> Iterator[Hit]:
    for pattern in _patterns(reading.text):
        for email in pattern.finditer(reading.text):
            part = "plain" if "plain" in pattern.groupindex and email["plain"] else "host"
            host = _ANY_DOT.sub(".", reading.cased[slice(*email.span(part))])
            masked = f"{reading.cased[email.start()]}***@{host}"
            yield Hit(kind="email", start=email.start(), end=email.end(), masked=masked)
