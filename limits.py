"""The rules that an agency may set: how long anything may take, how much anybody may do.

settings.py hands them on; everybody else reads `settings.TIMERS` and `settings.LIMITS`.
"""

from typing import Any

from environment import said, switched

TIME_FACTOR = float(said("TIME_FACTOR", "1"))

# Seconds, each scaled by the one factor; fault runs live twenty times as fast.
TIMERS: dict[str, float] = {
    name: seconds * TIME_FACTOR
    for name, seconds in {
        "heartbeat": 15,
        "lease": 45,
        "lost_grace": 90,
        "lost_grace_unanswered": 45,
        "offer": 30,
        "avoid": 60,
        "first_reply_target": 60,
        "first_reply_again": 180,
        "counsellor_silent_nudge": 120,
        "counsellor_silent_supervisor": 300,
        "citizen_notice": 300,
        "citizen_park": 600,
        "citizen_close": 1800,
        "waiting_gone": 600,
        "wrap_up": 60,
        "wrap_up_more": 120,
        "promise": 900,
        "sweep": 1,
    }.items()
}

# Whether a consultation begins when it is paired, or is offered first and begins when accepted.
AUTO_ACCEPT = switched("AUTO_ACCEPT", default=True)
OFFERS_BEFORE_ALARM = 3

# Flood limits. Benches raise a value through the environment; nothing switches a limiter off.
LIMITS: dict[str, int] = {
    name: int(said(f"LIMIT_{name.upper()}", str(usual)))
    for name, usual in {
        "frame_bytes": 65536,
        "body_bytes": 6 * 1024 * 1024,
        "bucket_per_second": 5,
        "bucket_burst": 20,
        "malformed": 20,
        "sockets_per_citizen": 3,
        "sockets_per_staff": 10,
        "tries_per_code_an_hour": 5,
        "tries_per_address_an_hour": 20,
        # Demos share one address.
        "asks_per_address_an_hour": 10 if said("MODE") == "production" else 1000,
    }.items()
}

# How a process leaves (seconds, but for the jitter): clients come back elsewhere within the jitter,
# the rest is waited for, then what was taken on is stored.
LEAVING: dict[str, Any] = {"jitter_ms": 1000, "grace": 0.5, "finish": 2, "insist": 5}

RETENTION_MONTHS = int(said("RETENTION_MONTHS", "12"))
