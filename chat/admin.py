"""Canned replies, for administrators. Transcripts are not here: reading them leaves a trace."""

from django.contrib import admin

from chat.models import CannedReply


@admin.register(CannedReply)
class CannedReplyAdmin(admin.ModelAdmin[CannedReply]):
    list_display = ["shortcut", "title_fa", "topic", "owner", "expires_on"]
    list_filter = ["topic__unit"]
    search_fields = ["shortcut", "title_fa", "title_en", "body_fa", "body_en"]
