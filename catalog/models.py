"""The service card: the identity card of one public service, and its published editions.

The columns are what the list, the search and the routing need; the whole national form is the
`content` mapping (the keys of `catalog/sample/services.json`). An edition is a frozen copy of
both, so that an answer can cite what was in force when it was given.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agency.bilingual import localized
from agency.models import Skill, Titled, Topic, Unit
from catalog.search.models import SearchEntry, SearchWord

__all__ = ["CardEdition", "SearchEntry", "SearchWord", "ServiceCard"]


class ServiceCardQuerySet(models.QuerySet["ServiceCard"]):
    def published(self) -> Self:
        return self.filter(status=ServiceCard.Status.PUBLISHED)


class ServiceCard(Titled):
    """One public service: what it is, needs, costs, takes and rests on in law."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        RETIRED = "retired", _("retired")

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    code = models.CharField(_("our code"), max_length=20, unique=True)
    national_id = models.CharField(
        _("national service id"), max_length=13, null=True, blank=True, unique=True
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    sample = models.BooleanField(_("sample, not checked by the agency"), default=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cards", verbose_name=_("unit"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="cards")
    topics = models.ManyToManyField(Topic, blank=True, related_name="cards")
    description_fa = models.TextField(_("description in Persian"))
    description_en = models.TextField(_("description in English"), blank=True)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    content = models.JSONField(_("the rest of the form"), default=dict)
    updated_at = models.DateTimeField(auto_now=True)
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)

    objects = ServiceCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("service card")
        verbose_name_plural = _("service cards")
        ordering = ["code"]

    def get_absolute_url(self) -> str:
        return reverse("catalog:show-card", args=[self.slug])

    @property
    def description(self) -> str:
        return localized(self.description_fa, self.description_en)

    def edition_in_force(self) -> "CardEdition | None":
        return self.editions.in_force().first()


class CardEditionQuerySet(models.QuerySet["CardEdition"]):
    def in_force(self) -> Self:
        today = timezone.localdate()
        over = Q(valid_to__isnull=False, valid_to__lt=today)
        return self.filter(valid_from__lte=today).exclude(over).order_by("-number")


class CardEdition(models.Model):
    """What a card said between two dates. Never changed once published."""

    card = models.ForeignKey(ServiceCard, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    snapshot: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("the form"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    published_at = models.DateTimeField(default=timezone.now)

    objects = CardEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="an_edition_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.card} {self.number}"
