"""The form for a question, filled in."""

from typing import Any
from uuid import uuid4

QUESTION = "سه ماه است حقوقم را نداده‌اند. چه کنم؟"
ASK = "/ask/"


def form(**change: Any) -> dict[str, Any]:
    typed = {"question": QUESTION, "language": "fa", "consent": "on", "client_id": uuid4()}
    return {**typed, **change}
