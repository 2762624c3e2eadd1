"""What every counsellor held, reconstructed from the transcripts and the log of assignments. Pure.

Weighed as PRODUCT.md says: 1 while the citizen waits for an answer, ½ while the counsellor does. A
turn or a release near the moment of an assignment counts in favour of the house, because the clock
of a row is read before its commit; the order of the assignments themselves counts as it is.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from chaos.truth import Given, Row, Truth

ABOUT: Final = 1.0  # Seconds: the longest transaction that is no outage.
AWAITING_COUNSELLOR: Final = 1.0
AWAITING_CITIZEN: Final = 0.5
LEFT: Final = frozenset({"put_back", "counsellor_lost", "no_reply", "transferred", "parked"})


@dataclass(frozen=True, slots=True)
class Holding:
    """One consultation in one counsellor's hands, with the turns that were taken."""

    given: Given
    until: float
    turns: tuple[tuple[float, str], ...]

    def least(self, at: float) -> float:
        """The least that it can have weighed at that moment."""
        if self.until < at + ABOUT:
            return 0.0
        before = [role for when, role in self.turns if when < at - ABOUT]
        near = {role for when, role in self.turns if abs(when - at) <= ABOUT}
        answered = "counsellor" in near or (before and before[-1] == "counsellor")
        return AWAITING_CITIZEN if answered else AWAITING_COUNSELLOR


def overloaded(truth: Truth) -> Iterable[str]:
    """Assignments that went above the capacity in force, by the log or by the transcripts."""
    held: dict[int, list[Holding]] = defaultdict(list)
    for each in sorted(holdings(truth), key=lambda each: each.given.at):
        given = each.given
        load = sum(other.least(given.at) for other in held[given.counsellor])
        if max(load, given.load_before) + 1 > given.capacity:
            yield (
                f"counsellor {given.counsellor} was given {given.consultation} at a load of "
                f"{max(load, given.load_before)}, capacity {given.capacity}"
            )
        held[given.counsellor].append(each)


def holdings(truth: Truth) -> Iterable[Holding]:
    """Every assignment until the line that ended it."""
    rows: dict[UUID, list[Row]] = defaultdict(list)
    for row in truth.rows:
        rows[row.consultation].append(row)
    later: dict[UUID, list[Given]] = defaultdict(list)
    for given in sorted(truth.given, key=lambda each: each.epoch):
        later[given.consultation].append(given)
    for pk, talk in later.items():
        for number, given in enumerate(talk):
            following = talk[number + 1].at if number + 1 < len(talk) else float("inf")
            yield _holding(given, rows[pk], following)


def _holding(given: Given, rows: list[Row], following: float) -> Holding:
    since = [row for row in rows if given.at - ABOUT <= row.at < following]
    ends = [row.at for row in since if row.role == "system" and _ends(row.text)]
    ended = [at for at in ends if at > given.at]
    turns = tuple((row.at, row.role) for row in since if row.role in {"citizen", "counsellor"})
    spoken = tuple((at, role) for at, role in turns if at >= given.at)
    return Holding(given, min([*ended, following]), spoken)


def _ends(code: str) -> bool:
    return code in LEFT or code.startswith("ended_")
