"""One value in two languages, and which of them the reader sees."""

from collections.abc import Mapping

from django.utils.translation import get_language


def readers_language() -> str:
    """The reader's, in two letters."""
    return (get_language() or "fa")[:2]


def localized(fa: str, en: str) -> str:
    """The text in the reader's language; the other one where it is missing."""
    return (en or fa) if readers_language() == "en" else (fa or en)


def localized_mapping(words: Mapping[str, str | None] | None) -> str:
    """The same for a `{"fa": …, "en": …}` mapping, as the sample data and the wire hold them."""
    words = words or {}
    return localized(words.get("fa") or "", words.get("en") or "")
