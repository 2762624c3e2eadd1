"""What the processes of a fault run serve: the house as it is, or with one deliberate fault."""

import os

from django.conf import settings

from asgi import application
from chaos.mutants import MUTANTS

# All timers run at 1/20; a sweep of 50 ms, though, would leave little of two cores to the people.
settings.TIMERS["sweep"] = max(settings.TIMERS["sweep"], 0.25)

if name := os.environ.get("CHAOS_MUTANT"):
    MUTANTS[name]()

__all__ = ["application"]
