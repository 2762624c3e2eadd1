"""Where transcripts are kept, in each database's own words."""

from django.db import connection

from chat.shelf.base import Shelf
from chat.shelf.postgresql import PostgresqlShelf
from chat.shelf.rows import Line, Outbox, Row
from chat.shelf.sqlite import SqliteShelf

__all__ = ["Line", "Outbox", "Row", "Shelf", "shelf"]

_SHELVES: dict[str, Shelf] = {"sqlite": SqliteShelf(), "postgresql": PostgresqlShelf()}


def shelf() -> Shelf:
    """The one for the database in use."""
    return _SHELVES[connection.vendor]
