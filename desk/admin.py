"""Tickets, for administrators: to look after, not to rewrite. Opening one leaves a line."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from desk.models import FollowUp, Ticket
from trust.models import AuditEntry
from trust.network import address_of, shortened
from trust.operations import record

Action = AuditEntry.Action


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
    autocomplete_fields = ["assignee"]
    inlines = [FollowUpInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Ticket | None = None) -> list[str]:
        """Whose it is may be changed here; what it says and promises, never."""
        shown = [field.name for field in Ticket._meta.fields if field.editable]
        return [name for name in shown if name not in {"unit", "assignee"}]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A ticket is born on a page that makes its promise, not here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Ticket | None = None) -> bool:
        return False

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        _note(request, Action.READ_TICKET, context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Ticket, form: ModelForm[Ticket], change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        _note(request, Action.CHANGED, obj, reason=", ".join(form.changed_data))


def _note(request: HttpRequest, action: Action, ticket: Ticket, reason: str = "") -> None:
    assert isinstance(request.user, User)
    record(
        actor=request.user,
        action=action,
        subject=("ticket", str(ticket.pk)),
        reason=reason,
        address=shortened(address_of(request)),
    )
