"""The audit log refuses change in the database itself.

PostgreSQL refuses updates and deletes; SQLite refuses updates. A line taken out of the middle shows
as a break in the chain of seals (`manage.py verify_audit`); one cut off the end does not.
"""

from typing import Any

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON trust_auditentry
FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
"""
SQLITE = """
CREATE TRIGGER audit_append_only BEFORE UPDATE ON trust_auditentry
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
"""


def refuse_change(apps: Any, schema_editor: Any) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL if postgresql else SQLITE)


class Migration(migrations.Migration):
    dependencies = [("trust", "0001_initial")]
    operations = [migrations.RunPython(refuse_change, migrations.RunPython.noop)]
