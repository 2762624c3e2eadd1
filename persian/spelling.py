"""Rules for single characters, applied to whole texts.

Every message is rewritten twice, as masking reads it and as search finds it, so this is fast.
"""

import codecs
from collections.abc import Callable
from functools import cache

_ASCII = "".join(map(chr, range(128)))
_LETTERS = "ءآأؤإئابةتثجحخدذرزژسشصضطظعغفقكلمنهوىيپچکگیۀہەھٱڪێۆۃے"
_MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0654\u0655\u0670\u0640"
_DIGITS = "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩"
_SIGNS = "،؛؟٪٫٬۔«»“”‘’…–—−•·×÷°\u00a0\u200c\u200d\u200e\u200f\ufe0f"
_EVERYDAY = _ASCII + _LETTERS + _MARKS + _DIGITS + _SIGNS


class Spelling:
    """A rule for single characters, made to rewrite whole texts.

    Everyday characters get a byte each, as in the alphabets of old computers; so a text is
    written down and read again with other letters, in two steps of C. Only characters beyond
    these are looked up one by one.
    """

    def __init__(self, rule: Callable[[str], str]) -> None:
        self.of = cache(rule)
        known = [character for character in _EVERYDAY if len(rule(character)) <= 1]
        # The map is fast only when it begins with NUL and says U+FFFE for "no character".
        self._bytes = codecs.charmap_build("".join(known).ljust(256, "\ufffe"))
        self._letters = "".join(rule(character) or character for character in known)
        self._dropped = bytes(at for at, character in enumerate(known) if not rule(character))

    def __call__(self, text: str) -> str:
        try:
            return self._rewritten(text)
        except UnicodeEncodeError:
            return "".join(self._pieces(text))

    def _rewritten(self, text: str) -> str:
        written, _ = codecs.charmap_encode(text, "strict", self._bytes)
        kept = written.translate(None, self._dropped)
        return codecs.charmap_decode(kept, "strict", self._letters)[0]

    def _pieces(self, text: str) -> list[str]:
        pieces: list[str] = []
        while text:
            try:
                return [*pieces, self._rewritten(text)]
            except UnicodeEncodeError as beyond:
                pieces.append(self._rewritten(text[: beyond.start]))
                pieces.extend(map(self.of, text[beyond.start : beyond.end]))
                text = text[beyond.end :]
        return pieces
