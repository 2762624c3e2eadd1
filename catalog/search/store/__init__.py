"""Looking things up, in each database's own words."""

from django.db import connection

from catalog.search.store.base import Store
from catalog.search.store.postgresql import PostgresqlStore
from catalog.search.store.sqlite import SqliteStore

__all__ = ["STORES", "Store", "store"]

STORES: dict[str, Store] = {"sqlite": SqliteStore(), "postgresql": PostgresqlStore()}


def store() -> Store:
    """The one for the database in use."""
    return STORES[connection.vendor]
