"""A page that exists in both languages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path
from django.views.generic import TemplateView

urlpatterns = i18n_patterns(
    path("somewhere/", TemplateView.as_view(), name="somewhere"), prefix_default_language=False
)
