"""The log, to be read. Nothing here can be added, changed or deleted."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from trust.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin[AuditEntry]):
    list_display = ["at", "actor", "action", "subject_kind", "subject_id", "reason"]
    list_filter = ["action", "subject_kind"]
    search_fields = ["subject_id"]
    date_hierarchy = "at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
