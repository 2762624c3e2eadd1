"""PostgreSQL: nothing that waits beside an index, and entries so small that many share a page."""

from typing import Any

from django.db import migrations

THERE = (
    # What waits to be brought into an index is read again for every question.
    "ALTER INDEX catalog_searchentry_whole SET (fastupdate = off)",
    "ALTER INDEX catalog_searchword_letters SET (fastupdate = off)",
    "SELECT gin_clean_pending_list('catalog_searchentry_whole')",
    "SELECT gin_clean_pending_list('catalog_searchword_letters')",
    """CREATE INDEX catalog_searchentry_lead ON catalog_searchentry
        USING gin (lead) WITH (fastupdate = off)""",
    "ALTER TABLE catalog_searchentry SET (toast_tuple_target = 128)",
)
BACK = (
    "ALTER TABLE catalog_searchentry RESET (toast_tuple_target)",
    "DROP INDEX catalog_searchentry_lead",
    "ALTER INDEX catalog_searchword_letters RESET (fastupdate)",
    "ALTER INDEX catalog_searchentry_whole RESET (fastupdate)",
)


def run(statements: tuple[str, ...], editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        for each in statements:
            editor.execute(each)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_turned_at")]

    operations = [
        migrations.RunPython(
            lambda _apps, editor: run(THERE, editor), lambda _apps, editor: run(BACK, editor)
        )
    ]
