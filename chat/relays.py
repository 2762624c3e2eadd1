"""What is told and never stored: typing, received, seen. Whose ear it reaches is asked in heaps."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from accounts.identity import live_sessions
from chat.batches import Batches
from consult.models import Citizen, Consultation, Person
from consult.operations.access import open_cases
from live import groups
from live.bridge import bridge
from live.frame import Event
from live.hub import Socket, hub, news


class Teller(Socket, Protocol):
    """The socket that has something to tell."""

    person: Person
    session: str

    def refuse(self, code: str, retry_ms: int | None = None) -> None:
        """Say why not."""


class Relay(NamedTuple):
    """An event for the other party of a consultation."""

    consultation: UUID
    event: Event
    teller: Teller


Audience = tuple[str, ...]
Relays = Batches[Relay, Audience | str]

NOT_YOURS = "not_yours"


def start_relays() -> Relays:
    """With a thread of its own, on the running loop."""
    return Batches("relays", _audiences, _tell)


def _audiences(relays: Sequence[Relay]) -> list[Audience | str]:
    """The groups of the other party; the code of the refusal for who does not take part."""
    pks = {relay.consultation for relay in relays}
    rows = Consultation.objects.filter(pk__in=pks)
    talking = {  # Whom it is only offered to takes no part yet.
        pk: (case, holder if state == Consultation.State.ACTIVE else None)
        for pk, case, holder, state in rows.values_list("pk", "case_id", "holder_id", "state")
    }
    sessions = live_sessions({relay.teller.session for relay in relays} - {""})
    citizens = {r.teller.person.pk for r in relays if isinstance(r.teller.person, Citizen)}
    cases = open_cases(citizens)

    def audience(relay: Relay) -> Audience | str:
        case, holder = talking.get(relay.consultation, (None, None))
        teller = relay.teller
        if case is None:
            return NOT_YOURS
        if isinstance(teller.person, Citizen):
            admits = case in cases.get(teller.person.pk, ())
            there = (groups.person(holder),) if holder else ()
        else:
            admits = holder == teller.person.pk and teller.session in sessions
            there = (groups.case(case),)
        return there if admits else NOT_YOURS

    return [audience(relay) for relay in relays]


def _tell(relays: Sequence[Relay], audiences: Sequence[Audience | str | None]) -> None:
    heap = []
    for relay, audience in zip(relays, audiences, strict=True):
        if isinstance(audience, str):
            relay.teller.refuse(audience)
        elif audience:
            heap.append(news(relay.event, audience))
            hub.tell(heap[-1])
    bridge.carry(heap)
