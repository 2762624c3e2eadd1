"""The agency's own data, for its administrators."""

from django.contrib import admin
from django.http import HttpRequest

from agency.models import Agency, OpeningHours, Skill, SpecialDay, Topic, Unit


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin[Agency]):
    """One row: a second agency has an installation of its own."""

    list_display = ["name_fa", "name_en", "phone"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Agency.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        return False


class HoursInline(admin.TabularInline[OpeningHours, Unit]):
    model = OpeningHours
    extra = 0


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin[Unit]):
    list_display = ["title_fa", "title_en", "agency"]
    inlines = [HoursInline]


@admin.register(OpeningHours)
class OpeningHoursAdmin(admin.ModelAdmin[OpeningHours]):
    list_display = ["weekday", "opens_at", "closes_at", "unit", "valid_from"]
    list_filter = ["unit"]


@admin.register(SpecialDay)
class SpecialDayAdmin(admin.ModelAdmin[SpecialDay]):
    list_display = ["day", "title_fa", "opens_at", "closes_at", "unit", "estimated"]
    date_hierarchy = "day"


@admin.register(Skill)
class SkillAdmin(admin.ModelAdmin[Skill]):
    list_display = ["title_fa", "title_en", "code"]


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin[Topic]):
    list_display = ["title_fa", "title_en", "unit", "urgent", "capacity"]
    list_filter = ["unit", "urgent"]
    search_fields = ["title_fa", "title_en", "code"]
    filter_horizontal = ["skills"]
