"""Three sets of digits for the same numbers.

Numbers are stored with Latin digits; what is shown follows the reader's language.
"""

import re
import unicodedata

from persian.spelling import Spelling

PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
ARABIC = "٠١٢٣٤٥٦٧٨٩"


# Every decimal digit of Unicode, a full-width one too.
_LATIN = Spelling(lambda character: str(unicodedata.decimal(character, character)))
_SHOWN = {
    "fa": str.maketrans("0123456789", PERSIAN),
    "ar": str.maketrans("0123456789", ARABIC),
}
_PARTING = re.compile(r"[,٬،\s\u200c]")
_SEPARATORS = {"fa": ("٬", "٫"), "ar": ("٬", "٫")}


def latin_digits(text: str) -> str:
    """Keeps the length, so that offsets into the text stay true."""
    return text if text.isascii() else _LATIN(text)


def persian_digits(text: str) -> str:
    return in_digits_of(text, "fa")


def in_digits_of(text: str, language: str) -> str:
    """The text in the digits that readers of `language` expect."""
    latin = latin_digits(text)
    return latin.translate(_SHOWN[language]) if language in _SHOWN else latin


def ungrouped(text: str) -> str:
    """A number as it was typed, with Latin digits and without what parts its thousands."""
    return _PARTING.sub("", latin_digits(text))


def grouped(number: float, language: str) -> str:
    """A number for reading: ۱۲٬۵۰۰٬۰۰۰ in Persian, 12,500,000 in English."""
    thousands, decimal = _SEPARATORS.get(language, (",", "."))
    whole, _, fraction = f"{number:,}".removesuffix(".0").partition(".")
    shown = whole.replace(",", thousands) + (decimal + fraction if fraction else "")
    return in_digits_of(shown, language)
