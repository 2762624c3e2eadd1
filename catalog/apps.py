"""Django's entry for this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from catalog import letters


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = _("Service cards")
    checks = letters  # Registered by being read.
