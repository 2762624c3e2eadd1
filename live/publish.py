"""The only door to the wire. Whoever publishes does not know who listens."""

from django.db import transaction

from live.bridge import bridge
from live.frame import Event
from live.hub import hub


def publish(event: Event, *groups: str) -> None:
    """Tell `groups` about `event` once the current transaction has committed.

    Works from any synchronous code: an operation, a view, a management command. If the wire is
    down the failure is logged and the work stands; screens catch up at their next resync.
    """
    transaction.on_commit(lambda: spread(event, groups), robust=True)


def spread(event: Event, groups: tuple[str, ...]) -> None:
    """Tell `groups` now, in this process and the others."""
    hub.tell_soon(groups, event)
    bridge.carry(event, groups)
