"""A client of the wire in Python, for benches, demonstrations, fault runs and the curious.

Typed by `live.protocol`; needs msgspec and websockets, and no Django.
"""

from live.client.client import Client
from live.client.conversation import RefusedError, Sent
from live.client.conversations import TurnedAwayError

__all__ = ["Client", "RefusedError", "Sent", "TurnedAwayError"]
