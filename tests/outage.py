"""A database that stands still or is gone, really; and a browser that presses the button again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html.parser import HTMLParser

import psycopg
from django.apps import apps
from django.db import connection

Fields = dict[str, list[str]]
TABLES = [model._meta.db_table for model in apps.get_models()]


@contextmanager
def standing_still() -> Iterator[None]:
    """Somebody else holds what everybody needs; ours waits a tenth of a second, not many."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 100")
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        words = connection.get_connection_params()
        names = ("host", "port", "dbname", "user", "password")
        with psycopg.connect(**{name: words[name] for name in names}) as other:
            other.execute(f"LOCK TABLE {', '.join(TABLES)} IN ACCESS EXCLUSIVE MODE")
            yield
            other.rollback()
    connection.close()


class Pressed(HTMLParser):
    """What the one form of a page sends when its button is pressed and nothing else touched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: Fields = {}
        self.to_be_typed: set[str] = set()
        self._box = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "input":
            self.fields.setdefault(given["name"], []).append(given.get("value", ""))
            if given.get("type") == "password":
                self.to_be_typed.add(given["name"])
        if tag == "textarea":
            self._box = given["name"]
            self.fields.setdefault(self._box, []).append("")

    def handle_data(self, data: str) -> None:
        if self._box:
            self.fields[self._box][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":  # A browser leaves out the first line break.
            self.fields[self._box][-1] = self.fields[self._box][-1].removeprefix("\n")
            self._box = ""
