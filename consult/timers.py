"""The timers of PRODUCT.md as durations, scaled by the one factor of the settings."""

from datetime import timedelta

from django.conf import settings


def timer(name: str) -> timedelta:
    """How long `name` runs; `KeyError` for a timer that does not exist."""
    return timedelta(seconds=settings.TIMERS[name])
