"""Service cards, for editors and administrators."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agency.admin import TopicAdmin
from agency.models import Topic
from catalog.models import CardEdition, ServiceCard
from catalog.operations import publish
from catalog.search.indexing import index_cards, index_topic


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

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        index_cards([form.instance])

    @admin.action(description=_("Publish as the next edition"))
    def publish_edition(self, request: HttpRequest, cards: QuerySet[ServiceCard]) -> None:
        for card in cards:
            publish(card=card)
        self.message_user(request, _("Published."))


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
