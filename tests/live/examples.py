"""Real frames: those of the guide, and those that the last minor version sent."""

import json
import re
from pathlib import Path
from typing import Any

from live.derive.page import GUIDE

RECORDED = Path(__file__).with_name("recorded_1_0.jsonl")
SHOWN = re.compile(r"^([→←]) (\{.*\})$", re.MULTILINE)

Frame = dict[str, Any]


def guide() -> list[tuple[str, Frame]]:
    """The session of docs/protocol.md: to whom, and what."""
    found = SHOWN.findall(GUIDE.read_text(encoding="utf-8"))
    return [("server" if arrow == "→" else "client", json.loads(text)) for arrow, text in found]


def recorded() -> list[tuple[str, Frame]]:
    """A session with version 1.0."""
    lines = RECORDED.read_text(encoding="utf-8").splitlines()
    return [(line["to"], line["frame"]) for line in map(json.loads, lines)]
