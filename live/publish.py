"""The only door to the wire. Whoever publishes does not know who listens."""

from collections.abc import Collection

from django.db import transaction

from live.bridge import bridge
from live.frame import Event
from live.hub import News, hub, news


def publish(event: Event, *groups: str) -> None:
    """Tell `groups` about `event` once the current transaction has committed.

    Works from any synchronous code: an operation, a view, a management command. If the wire is
    down the failure is logged and the work stands; screens catch up at their next resync.
    """
    publish_all([news(event, groups)])


def publish_all(heap: Collection[News]) -> None:
    """The same for many at once."""
    transaction.on_commit(lambda: spread(heap), robust=True)


def spread(heap: Collection[News]) -> None:
    """Tell everybody now, in this process and the others."""
    hub.tell_soon(heap)
    bridge.carry(heap)
