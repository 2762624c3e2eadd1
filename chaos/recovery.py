"""How soon everybody could speak again after a fault. Pure."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from chaos.diary import Diary
from chaos.faults import Fault

SOON: Final = 1.0  # Whoever spoke until then is waited for.
IN_PEACE: Final = 1.0  # Seconds between the end of one fault and the next that are enough to tell.


def recovery(fault: Fault, diaries: Sequence[Diary]) -> float:
    """Seconds from the end of the fault to the slowest client's next acknowledgement.

    Those count who waited for one when it ended, or spoke within a second of it; not those whose
    own line was broken meanwhile: that is a fault of its own, with a silence to be noticed first.
    """
    longest = 0.0
    for diary in diaries:
        waiting = [
            diary.stored_at[said.client_id]
            for said in diary.said
            if said.at < fault.ended + SOON
            and diary.stored_at.get(said.client_id, 0.0) > fault.ended
            and not _was_away(diary, said.at, diary.stored_at[said.client_id])
        ]
        if waiting:
            longest = max(longest, min(waiting) - fault.ended)
    return longest


def _was_away(diary: Diary, since: float, until: float) -> bool:
    """Whose own device was off, or own line broken, waits for that."""
    return any(began < until and since < ended for began, ended in diary.absences)


def slowest(fault: Fault, diaries: Sequence[Diary]) -> str:
    """Who that was, and what became of their words meanwhile."""
    took, who = max((recovery(fault, [each]), each.who) for each in diaries)
    [slow] = [each for each in diaries if each.who == who]
    lived = slow.went_through(fault.ended, fault.ended + took + SOON)
    return f"{took:.1f} s after {fault.kind} until {who} was answered: {lived}"


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest rank; 0 of nothing."""
    ranked = sorted(values)
    return ranked[max(0, ceil(share * len(ranked)) - 1)] if ranked else 0.0
