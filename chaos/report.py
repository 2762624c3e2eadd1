"""What a run says in the end: one line of figures, how often each way back was taken, and why not.

A path that never ran in a run of a minute or more proves nothing, so it fails the run.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from chaos.checker import KINDS, Verdict
from chaos.diary import Diary
from chaos.faults import Fault
from chaos.recovery import percentile, recovery, slowest
from chaos.truth import Truth

LONG: Final = 60.0  # Seconds from which on every path must have run.
SHOWN: Final = 5  # Findings of a kind that are printed.
OF_DATABASE: Final = ("crash", "stall")
ALLOWED: Final = {"the database": 10.0, "a process or Redis": 5.0}  # Seconds, 95 of 100 times.
LINES: Final = {
    "requeue": "counsellor_lost",
    "transfer": "transferred",
    "park": "parked",
    "came_back": "came_back",
}
GROWN: Final = ("busy", "drain", "poll")
ALWAYS: Final = (
    "requeue",
    "park",
    "came_back",
    "transfer",
    "dedupe",
    "resume",
    "gap",
    "slow_reader",
    "flood",
    "lease",
    "malformed",
    "silence",
)


@dataclass(slots=True)
class Account:
    """Everything that a run leaves to be judged."""

    diaries: Sequence[Diary]
    truth: Truth
    verdict: Verdict
    faults: Sequence[Fault]
    counts: Counter[str] = field(default_factory=Counter)
    grown: bool = True
    seconds: float = 0.0
    hurried: bool = True  # Whether a slow recovery fails the run: not on a machine that is shared.


def summary(account: Account) -> str:
    """The one line."""
    found = account.verdict.found
    figures = " ".join(f"{kind}={len(found[kind])}" for kind in KINDS)
    p95 = _p95(account.faults, account.diaries)
    return f"acked={account.verdict.acked} {figures} recovery_p95_s={p95:.2f}"


def recoveries(account: Account) -> str:
    """The seconds that each kind of fault took, ascending."""
    kinds: dict[str, list[float]] = defaultdict(list)
    for fault in account.faults:
        kinds[fault.kind].append(recovery(fault, account.diaries))
    told = [f"{kind} " + " ".join(f"{each:.1f}" for each in sorted(kinds[kind])) for kind in kinds]
    return "; ".join(sorted(told))


def by_cause(faults: Sequence[Fault]) -> dict[str, list[Fault]]:
    """The database is given longer than all else."""
    found: dict[str, list[Fault]] = {cause: [] for cause in ALLOWED}
    for fault in faults:
        of_database = fault.kind in OF_DATABASE
        found["the database" if of_database else "a process or Redis"].append(fault)
    return found


def _p95(faults: Sequence[Fault], diaries: Sequence[Diary]) -> float:
    return percentile([recovery(each, diaries) for each in faults], 0.95)


def paths(account: Account) -> dict[str, int]:
    """How often each way back was taken."""
    told: Counter[str] = sum((diary.counts for diary in account.diaries), Counter())
    lines = Counter(row.text for row in account.truth.rows if row.role == "system")
    return {
        **{path: lines[code] for path, code in LINES.items()},
        "dedupe": told["answered again"],
        "resume": told["resume"],
        "gap": told["gap"] + told["rejected gap"],
        "busy": told["rejected busy"],
        "silence": told["silent"],
        "drain": told["reconnect"],
        "poll": account.counts["poll"],
        "slow_reader": account.counts["slow reader sent away"],
        "flood": account.counts["closed 1008"],
        "malformed": account.counts["malformed"],
        "lease": account.counts["lease lapsed"],
    }


def failures(account: Account) -> list[str]:
    """Why the run does not count as passed; empty when it does."""
    said = [f"{kind}: {each}" for kind in KINDS for each in account.verdict.found[kind][:SHOWN]]
    for whose, faults in by_cause(account.faults).items() if account.hurried else ():
        if _p95(faults, account.diaries) > ALLOWED[whose]:
            worst = max(faults, key=lambda fault: recovery(fault, account.diaries))
            said.append(f"slow: {slowest(worst, account.diaries)}")
    if account.seconds >= LONG:
        wanted = (*ALWAYS, *GROWN) if account.grown else ALWAYS
        taken = paths(account)
        said += [f"never ran: {path}" for path in wanted if not taken[path]]
    return said
