"""Personal data in what people type, found and covered before it is stored or sent on.

What pays or opens (cards, passwords, codes) is never kept; what identifies or reaches a
person goes to the vault. Our tracking codes, organisations' ids, dates, amounts, landlines
and the addresses of pages are left alone. Covering a covered text changes nothing.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from persian.personal import addresses, banking, logins, papers, passwords, phones, public
from persian.personal.hit import Hit, Keep
from persian.personal.labels import Labels
from persian.personal.reading import COVERED, SECRET, Reading

__all__ = ["Hit", "Keep", "find_personal_data", "mask", "masked"]

# Nothing personal is written without a digit, an @ or a Latin letter (a password, "user at …").
_ANYTHING = re.compile(r"[\d@A-Za-z]")
# Two digits alone («۱۵ روز») identify nobody, in whatever company.
_NUMBERS = re.compile(r"\d[\W_]{0,4}\d[\W_]{0,4}\d|@")
_ANNOUNCING = "pass pwd pin ramz dot at] at) رمز پسورد پین واژ عبور مرور سر"
_ANNOUNCED = tuple(_ANNOUNCING.split())


def mask(text: str) -> str:
    return masked(text)[0]


def masked(text: str) -> tuple[str, list[Hit]]:
    """The text with every piece of personal data covered, and what was covered."""
    hits = find_personal_data(text)
    return (_covered(text, hits), hits) if hits else (text, hits)


def find_personal_data(text: str) -> list[Hit]:
    """All hits in the order of the text.

    Most messages have none: that is asked first. Where there are some, the covered text is
    read once more, as whoever stores it might, since a word that has spoken for one number
    can then be seen to speak for another.
    """
    hits: list[Hit] = []
    found = _found_in(text)
    while found:
        hits = sorted([*hits, *found], key=lambda hit: hit.start)
        found = _in_original(text, hits, _found_in(_covered(text, hits)))
    return hits


def _covered(text: str, hits: list[Hit]) -> str:
    pieces = []
    done = 0
    for hit in hits:
        pieces += [text[done : hit.start], hit.masked]
        done = hit.end
    return "".join([*pieces, text[done:]])


def _in_original(text: str, hits: list[Hit], found: list[Hit]) -> list[Hit]:
    """Hits in a covered text, moved to where they stand in the text itself."""
    moved = []
    for hit in found:
        shift, clear = 0, True
        for known in hits:
            begins = known.start - shift
            ends = begins + len(known.masked)
            if begins < hit.end and hit.start < ends:
                clear = False
            if hit.start < ends:
                break
            shift += len(known.raw) - len(known.masked)
        if clear:
            start, end = hit.start + shift, hit.end + shift
            moved.append(replace(hit, start=start, end=end, raw=text[start:end]))
    return moved


def _found_in(text: str) -> list[Hit]:
    if not _ANYTHING.search(text):
        return []
    return _Search(text).hits() if _NUMBERS.search(text) or _announces(text) else []


def _announces(text: str) -> bool:
    """Whether Latin letters could be a password, or an address in words."""
    small = text.lower()
    for word in _ANNOUNCED:  # noqa: SIM110 Every message in Latin letters comes here.
        if word in small:
            return True
    return False


class _Search:
    """One text going through the rules in their tested order; each covers what it finds.

    The order matters: what is longer or better checked goes first, so that no rule finds a
    part of something else, and what only a word can name goes last.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._reading = Reading(text)
        self._hits: list[Hit] = []

    def hits(self) -> list[Hit]:
        reading = self._reading
        public.leave_links_alone(reading)
        self._take(addresses.emails(reading))
        labels = Labels(reading.text)
        sizes = reading.sizes(_ASKED if labels.ask else _UNASKED)
        for rule, fitting in _NUMBER_RULES if sizes else ():
            if not fitting.isdisjoint(sizes):
                self._take(rule(reading, labels))
        if labels.ask:
            self._take(passwords.passwords(reading, labels))
        if labels.ask and sizes:
            self._take(passwords.secret_numbers(reading, labels))
        self._take(logins.logins(reading))
        if any(hit.keep == "never" for hit in self._hits):
            self._take(passwords.card_expiry(reading))
        return sorted(self._hits, key=lambda hit: hit.start)

    def _take(self, found: Iterable[Hit]) -> None:
        for hit in found:
            if self._reading.is_free(hit.start, hit.end):
                start, end = self._reading.original_span(hit.start, hit.end)
                self._reading.cover(hit.start, hit.end, SECRET if hit.kind == "secret" else COVERED)
                self._hits.append(replace(hit, start=start, end=end, raw=self._text[start:end]))


# The fewest digits of a number that a word asks for, and of one that speaks for itself.
_ASKED, _UNASKED = 3, 10

# Every rule with the numbers of digits that it can find.
_NUMBER_RULES: tuple[tuple[Callable[[Reading, Labels], Iterable[Hit]], frozenset[int]], ...] = (
    (banking.shebas, frozenset(range(22, 27))),
    (public.leave_tracking_codes_alone, frozenset({12})),
    (papers.passports, frozenset(range(6, 10))),
    (banking.cards, frozenset(range(15, 20))),
    (phones.mobiles, frozenset(range(11, 16))),
    (papers.labelled_numbers, frozenset(range(6, 21))),
    (phones.short_mobiles, frozenset({10})),
    (phones.foreign_phones, frozenset(range(10, 16))),
    (papers.national_ids, frozenset({8, 9, 10})),
    (papers.birth_certificates, frozenset(range(3, 10))),
)
