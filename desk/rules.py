"""The life of a ticket and its priority: what may follow what, said once. Pure."""

from collections.abc import Mapping

# Status → what may follow (ITIL words).
NEXT: Mapping[str, tuple[str, ...]] = {
    "new": ("triaged", "in_progress", "rejected"),
    "triaged": ("in_progress", "waiting_other", "rejected"),
    "in_progress": ("waiting_citizen", "waiting_other", "resolved", "rejected"),
    "waiting_citizen": ("in_progress", "resolved"),
    "waiting_other": ("in_progress", "resolved"),
    "resolved": ("closed", "reopened"),
    "reopened": ("in_progress", "resolved"),
    "rejected": ("reopened",),
    "closed": ("reopened",),
    "cancelled": (),
}
ENDED = frozenset({"resolved", "rejected", "closed", "cancelled"})
NEEDS_REASON = frozenset({"rejected"})

# (impact, urgency) → priority, 1 the highest.
MATRIX: Mapping[tuple[str, str], int] = {
    ("high", "high"): 1,
    ("high", "medium"): 1,
    ("high", "low"): 2,
    ("medium", "high"): 2,
    ("medium", "medium"): 3,
    ("medium", "low"): 3,
    ("low", "high"): 3,
    ("low", "medium"): 3,
    ("low", "low"): 4,
}


def may_follow(status: str, following: str) -> bool:
    return following in NEXT[status]


def priority(*, impact: str, urgency: str) -> int:
    """1 to 4 from impact and urgency."""
    return MATRIX[impact, urgency]


def step_of(status: str) -> int:
    """Where the citizen's simple bar stands: 0 registered, 1 worked on, 2 answered, 3 closed."""
    if status in {"new"}:
        return 0
    if status in {"resolved", "rejected"}:
        return 2
    return 3 if status in {"closed", "cancelled"} else 1
