"""Service cards, for administrators: whose they are, and how they are found.

What a card says is written and published on the editors' own pages (docs/adr/0013).
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from agency.admin import TopicAdmin
from agency.models import Topic
from catalog.models import CardEdition, ServiceCard
from catalog.search.indexing import index_cards, index_topic


class EditionInline(admin.TabularInline[CardEdition, ServiceCard]):
    model = CardEdition
    fields = readonly_fields = (
        "number",
        "valid_from",
        "valid_to",
        "published_at",
        "author",
        "approver",
    )
    extra = 0
    can_delete = False
    max_num = 0


@admin.register(ServiceCard)
class ServiceCardAdmin(admin.ModelAdmin[ServiceCard]):
    list_display = ["code", "title_fa", "unit", "status", "sample", "checked_on"]
    list_filter = ["unit", "status", "sample"]
    search_fields = ["code", "slug", "title_fa", "title_en"]
    filter_horizontal = ["topics"]
    fields = ["slug", "code", "national_id", "unit", "skill", "parent", "topics", "sample"]
    readonly_fields = ["parent"]  # Its form says so.
    inlines = [EditionInline]

    def get_fields(self, request: HttpRequest, obj: ServiceCard | None = None) -> Any:
        """A new one needs a name to be found by; what an old one is called, its editors write."""
        return self.fields if obj else ["title_fa", *(self.fields or ())]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        index_cards([form.instance])


class FoundTopicAdmin(TopicAdmin):
    """Topics, whose words the search of their cards knows."""

    def save_model(self, request: HttpRequest, obj: Topic, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        index_topic(obj)

    def delete_model(self, request: HttpRequest, obj: Topic) -> None:
        cards = list(obj.cards.all())
        super().delete_model(request, obj)
        index_cards(cards)


admin.site.unregister(Topic)
admin.site.register(Topic, FoundTopicAdmin)
