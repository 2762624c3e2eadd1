"""What is ours or everybody's, and therefore left alone: tracking codes, addresses of pages."""

import re
from collections.abc import Iterable

from persian.personal.banking import begins_with_a_bank
from persian.personal.groups import Neighbour, Run
from persian.personal.hit import Hit
from persian.personal.labels import Labels
from persian.personal.reading import OURS, Reading
from persian.tracking import tracking_ok

_CLAIMS_TWELVE = frozenset({"foreigner_code", "account"})


def leave_tracking_codes_alone(reading: Reading, labels: Labels) -> Iterable[Hit]:
    """Finds nothing, and keeps other rules from finding it.

    Our code in its own rhythm; but not as a part of a card number, and not claimed by a word.
    """
    cards = [run for run in reading.runs(16) if begins_with_a_bank(run)]
    for run in list(reading.runs(12)):
        if run.shape not in ((12,), (4, 4, 4), (3, 3, 3, 3)) or not tracking_ok(run.digits):
            continue
        claimed = labels.before(run.start, _CLAIMS_TWELVE, 16)
        if run.uniform and not _part_of_card(run, cards) and not claimed:
            reading.cover(run.start, run.end, OURS)
    return ()


def _part_of_card(run: Run, cards: list[Run]) -> bool:
    if run.marks and Neighbour(run.marks[0], 4) in run.neighbours:
        return True
    return any(card.start <= run.start and run.end <= card.end for card in cards)


# The path only: what follows the question mark may name a person. wa.me is a phone number.
_LINK = re.compile(
    r"https?://(?!wa\.me|t\.me)[^\s?=@<>\"'«»]+"
    r"|(?<![\w.@-])(?!wa\.me|t\.me)(?:[a-z0-9-]+\.)+[a-z]{2,6}/[^\s?=@<>\"'«»]*"
)
_SLASHED = re.compile(r"[a-z:]/")


def leave_links_alone(reading: Reading) -> None:
    if not _SLASHED.search(reading.text):
        return
    for link in _LINK.finditer(reading.text):
        reading.cover(*link.span(), OURS)
