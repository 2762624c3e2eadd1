"""A PostgreSQL that knows Persian letters for letters; the search needs it.

In a database made with LC_CTYPE "C" pg_trgm finds no letters in بیکاری, so that a misspelt question
finds nothing, and nothing else ever says why. It cannot be mended afterwards, only made anew: so
`migrate` and `make run` refuse it, while a server that is already at work says it in its log and
goes on. What it promises about messages holds, and a weak search is better than a closed house.
"""

import logging
from collections.abc import Sequence
from typing import Any, Final

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

log = logging.getLogger(__name__)
WORD: Final = "بیکاری"
HINT: Final = (
    "Make the database anew, and restore into it: CREATE DATABASE … TEMPLATE template0"
    " ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8';"
)


@register(Tags.database)
def letters_are_known(
    app_configs: Any = None, databases: Sequence[str] | None = None, **_more: Any
) -> list[CheckMessage]:
    """Django's check, which `migrate` makes of the database that it is about to fill."""
    return [
        Error(fault, hint=HINT, id="catalog.E001")
        for alias in databases or []
        if (fault := fault_of(alias))
    ]


def insist(alias: str = "default") -> None:
    """Raise `ImproperlyConfigured` where the search would be deaf to misspelt Persian."""
    if fault := fault_of(alias):
        raise ImproperlyConfigured(f"{fault} {HINT}")


def tell() -> None:
    """Say it in the log of a process that goes on all the same."""
    if fault := fault_of():
        log.error("%s Misspelt questions find nothing.", fault)


def fault_of(alias: str = "default") -> str:
    """What is wrong with the database; empty where it knows its letters, or is SQLite."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        # Before the first migration there is no pg_trgm to ask; it asks the same of each letter.
        question = "show_trgm(%s) <> '{}'" if cursor.fetchone() else "%s ~ '^[[:alpha:]]+$'"
        cursor.execute(f"SELECT {question}, current_database()", [WORD])
        known, name = cursor.fetchone()
    if known:
        return ""
    return f"The database {name} takes Persian letters for no letters (LC_CTYPE is C?)."
