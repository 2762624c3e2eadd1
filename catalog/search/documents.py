"""What a card says to the search: its published edition, and the words of its topics."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from agency.models import Topic
from catalog.search.terms import terms_of

TITLE, KEYWORDS, BODY = 3, 4, 1  # How much a word weighs, by where it stands.


@dataclass(frozen=True, slots=True)
class Document:
    """One card in words: as written, for the spellings; and as terms, for the index."""

    title: list[str]
    keywords: list[str]
    body: list[str]
    written: list[str]

    @property
    def terms(self) -> set[str]:
        return {*self.title, *self.keywords, *self.body}

    @property
    def length(self) -> float:
        return TITLE * len(self.title) + KEYWORDS * len(self.keywords) + BODY * len(self.body)


def document(form: dict[str, Any], topics: Iterable[Topic], keywords: Iterable[str]) -> Document:
    """The form as published; the keywords are those of the form, else what is given."""
    titles = [*_texts(form.get("title"))]
    said = [*(_texts(form.get("keywords")) or keywords)]
    for topic in topics:
        said += [topic.title_fa, *topic.keywords]
    body = [*_texts(form.get("description")), *_texts(form.get("recipients"))]
    return Document(_terms(titles), _terms(said), _terms(body), [*titles, *said, *body])


def _texts(said: Any) -> list[str]:
    """Every text in it, whatever the form of a field is: a text, a list, a text per language."""
    if isinstance(said, str):
        return [said]
    if isinstance(said, dict):
        return [text for each in said.values() for text in _texts(each)]
    if isinstance(said, list):
        return [text for each in said for text in _texts(each)]
    return []


def _terms(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(term for text in texts for term in terms_of(text)))


def codes(said: Any) -> str:
    """Codes in one column, each with a space before and after it."""
    return "".join(f" {each} " for each in sorted(said or []))
