"""Service cards, for editors and administrators."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.models import CardEdition, ServiceCard
from catalog.operations import publish


class EditionInline(admin.TabularInline[CardEdition, ServiceCard]):
    model = CardEdition
    fields = readonly_fields = ("number", "valid_from", "valid_to", "published_at")
    extra = 0
    can_delete = False
    max_num = 0


@admin.register(ServiceCard)
class ServiceCardAdmin(admin.ModelAdmin[ServiceCard]):
    list_display = ["code", "title_fa", "unit", "status", "sample", "checked_on"]
    list_filter = ["unit", "status", "sample"]
    search_fields = ["code", "slug", "title_fa", "title_en"]
    filter_horizontal = ["topics"]
    inlines = [EditionInline]
    actions = ["publish_edition"]

    @admin.action(description=_("Publish as the next edition"))
    def publish_edition(self, request: HttpRequest, cards: QuerySet[ServiceCard]) -> None:
        for card in cards:
            publish(card=card)
        self.message_user(request, _("Published."))
