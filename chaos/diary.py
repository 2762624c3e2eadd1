"""What a person wrote down: every word sent, every answer, every word heard. Nothing is judged."""

import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from live.client import Sent
from live.client.conversation import Placed
from live.frame import Event
from live.protocol import MessagePosted, MessageRefused, MessageStored

KEPT: Final = 5_000
SHOWN: Final = 40  # Things that a finding shows of whom it is about.


@dataclass(frozen=True, slots=True)
class Said:
    """A message that was put into an outbox."""

    consultation: UUID
    client_id: str
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as it was shown; one's own, too."""

    consultation: UUID
    seq: int
    client_id: str
    text: str
    at: float


@dataclass(slots=True)
class Diary:
    """One person's log over the whole run, through all their connections."""

    who: str
    staff: int | None = None  # The counsellor's id; None for a citizen.
    said: list[Said] = field(default_factory=list)
    stored: dict[str, MessageStored] = field(default_factory=dict)
    stored_at: dict[str, float] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)
    heard: dict[UUID, list[Heard]] = field(default_factory=lambda: defaultdict(list))
    ports: list[tuple[float, int]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    # When their own device was off, or their own line half-open or slow.
    absences: list[tuple[float, float]] = field(default_factory=list)
    lately: deque[tuple[float, str]] = field(default_factory=lambda: deque(maxlen=KEPT))
    stuck: str = ""  # In which way, if so.
    whole: set[UUID] = field(default_factory=set)  # Conversations that were followed to the end.

    def log(self, what: str, **facts: Any) -> None:
        """For `live.client`'s hook."""
        if what not in ("posted", "stored", "repeat"):
            self.lately.append((time.time(), " ".join([what, *map(_short, facts.values())])))
        match what:
            case "posted":
                self._posted(facts["sent"])
            case "stored":
                self._stored(facts["event"])
            case "rejected":
                self._rejected(facts["event"], final=facts["final"])
            case "opened":
                self.ports.append((time.time(), facts["port"]))
            case "lost" | "refused":
                self.counts[f"{what} {facts['code']}"] += 1
            case "hello":
                self.counts["resume" if facts["held"] and self.counts["up"] else "hello"] += 1
            case _:
                self.counts[what] += 1

    def went_through(self, since: float = 0.0, until: float = float("inf")) -> str:
        """What happened to them, at last or in this time, and how many seconds after `since`."""
        found = [(at, what) for at, what in self.lately if since <= at <= until][-SHOWN:]
        return "; ".join(f"{at - (since or time.time()):.1f} {what}" for at, what in found)

    def hear(self, event: Event) -> None:
        """For `live.client`'s `heard`."""
        if isinstance(event, Placed):
            text = _text(event)
            self.lately.append((time.time(), f"heard {event.seq} of {_short(event.consultation)}"))
            heard = Heard(event.consultation, event.seq, event.client_id, text, time.time())
            self.heard[event.consultation].append(heard)
        if isinstance(event, MessageStored) and event.client_id not in self.stored:
            self._stored(event)  # It came with what was missed.

    def _posted(self, sent: Sent) -> None:
        self.said.append(Said(sent.consultation, sent.client_id, sent.text, time.time()))

    def _stored(self, event: MessageStored) -> None:
        if event.client_id in self.stored:
            self.counts["answered again"] += 1
        self.stored[event.client_id] = event
        self.stored_at.setdefault(event.client_id, time.time())

    def _rejected(self, event: MessageRefused, *, final: bool) -> None:
        self.counts[f"rejected {event.code}"] += 1
        if final:
            self.failed[event.client_id] = event.code


def _short(fact: object) -> str:
    return str(fact)[:8]


def _text(event: Placed) -> str:
    if isinstance(event, MessagePosted) and event.lines:
        return f"({event.lines['en']})"
    return event.text
