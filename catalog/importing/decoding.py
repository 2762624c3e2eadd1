"""Text of bytes: UTF-8 with or without its mark, UTF-16 with it, and old Excel's Windows-1256.

Any bytes can be read as Windows-1256, so it is believed only where Arabic letters come out.
"""

import codecs
import re

from django.utils.translation import gettext as _

from catalog.importing.rows import UnreadableError

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
OLD_EXCEL = "cp1256"
ARABIC_WORD = re.compile(r"[\u0621-\u06cc]{2}")
LARGEST = 300 * 1024 * 1024


def decoded(raw: bytes, encoding: str = "") -> str:
    """The text; `encoding` is believed where somebody names it."""
    if len(raw) > LARGEST:
        raise UnreadableError(_("The file is larger than 300 MB."))
    text = _in(raw, encoding) if encoding else _guessed(raw)
    if "\0" in text:
        raise UnreadableError(_("This is no text: there are zero bytes in it."))
    return text.removeprefix("\ufeff")


def _in(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except LookupError:
        fault = _("No encoding is called %(name)s.") % {"name": encoding}
        raise UnreadableError(fault) from None
    except UnicodeError:
        fault = _("The file is not written in %(name)s.") % {"name": encoding}
        raise UnreadableError(fault) from None


def _guessed(raw: bytes) -> str:
    for mark, encoding in MARKS.items():
        if raw.startswith(mark):
            return _in(raw, encoding)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode(OLD_EXCEL)
    if not ARABIC_WORD.search(text):
        raise UnreadableError(
            _("The file is neither UTF-8 nor Windows-1256. Save it as UTF-8, or say --encoding.")
        )
    return text
