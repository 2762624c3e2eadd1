"""What happened to a consultation, in a form that the conversation can tell."""

from dataclasses import dataclass, field
from typing import Any

from consult.models import Consultation


@dataclass(frozen=True, slots=True)
class Happening:
    """`code` names a sentence of `chat.lines`; `params` fill it in."""

    consultation: Consultation
    code: str
    params: dict[str, Any] = field(default_factory=dict)
