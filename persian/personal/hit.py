"""What masking found, and what it shows instead."""

from dataclasses import dataclass
from typing import Literal

Keep = Literal["never", "vault"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One piece of personal data in a text, and what is shown in its place."""

    kind: str
    start: int
    end: int
    raw: str = ""
    valid: bool = True
    masked: str
    keep: Keep = "vault"
