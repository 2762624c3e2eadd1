"""Making the house ready for its people, from this process: tables, topics, counsellors."""

import os
from dataclasses import dataclass
from typing import Final

import django
from django.core.management import call_command

from chaos.house import House, environment

CAPACITIES: Final = (4, 5, 6, 7, 8)
TOPICS: Final = 6


@dataclass(frozen=True, slots=True)
class Staff:
    """A counsellor who can sign in."""

    pk: int
    name: str
    capacity: int


def settle_in(built: House) -> None:
    """Let this process read the same database. Once, before anything of the house is imported."""
    told = environment(built, "http://127.0.0.1", "")
    os.environ |= {
        **told,
        "REDIS_URL": "",
        "RAYZAN_POOL": "4",
        "RAYZAN_ORIGINS": "",
        "RAYZAN_LOG_LEVEL": "CRITICAL",
    }
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("compile_translations", verbosity=0)
    call_command("load_sample", verbosity=0)
