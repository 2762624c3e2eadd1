"""Tickets, for administrators: to look after, not to rewrite."""

from django.contrib import admin
from django.http import HttpRequest

from desk.models import FollowUp, Ticket


class FollowUpInline(admin.TabularInline[FollowUp, Ticket]):
    model = FollowUp
    fields = readonly_fields = ("created_at", "author", "is_public", "text")
    extra = 0
    max_num = 0
    can_delete = False


@admin.register(Ticket)
class TicketAdmin(admin.ModelAdmin[Ticket]):
    list_display = ["subject", "case", "unit", "type", "status", "priority", "assignee"]
    list_filter = ["unit", "type", "status", "priority"]
    search_fields = ["case__tracking_code", "subject"]
    readonly_fields = ["case", "consultation", "text", "created_at", "status"]
    autocomplete_fields = ["assignee", "card"]
    inlines = [FollowUpInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A ticket is born on a page that makes its promise, not here."""
        return False
