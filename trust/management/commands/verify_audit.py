"""`manage.py verify_audit`: recompute every seal of the log, and name the first that is broken."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trust.models import AuditEntry
from trust.operations import first_broken_entry


class Command(BaseCommand):
    help = "Check that no line of the audit log was changed or taken out."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = first_broken_entry()
        if broken is not None:
            raise CommandError(f"The log is broken at line {broken.pk}: {broken}")
        self.stdout.write(f"{AuditEntry.objects.count()} lines, all whole.")
