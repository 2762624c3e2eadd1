from django.db import migrations

ROOM = 50  # Per cent of a page that the rows of a consultation fill when they are new.


def leave_room(apps, schema_editor):
    """PostgreSQL: every message changes its consultation's row.

    Where the page has room for the new one, no index is touched.
    """
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE consult_consultation SET (fillfactor = {ROOM})")


def fill_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE consult_consultation RESET (fillfactor)")


class Migration(migrations.Migration):
    dependencies = [("consult", "0003_outboxes")]

    operations = [migrations.RunPython(leave_room, fill_up)]
