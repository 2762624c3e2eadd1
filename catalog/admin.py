"""Service cards, for administrators: whose they are, and how they are found.

What a card says is written and published on the editors' own pages (docs/adr/0013).
"""

from django.contrib import admin

from catalog.models import CardEdition, ServiceCard


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
    inlines = [EditionInline]
