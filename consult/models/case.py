"""A case, and who may open it: what one tracking code stands for.

A citizen has no account; a browser's token opens what a row of `Access` says, while it lasts.
"""

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import ServiceCard
from persian.tracking import format_tracking


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, citizen: "Citizen") -> Self:
        return self.filter(accesses__in=Access.objects.live().filter(citizen=citizen)).distinct()


class Case(models.Model):
    """What one tracking code opens: a consultation, its ticket and its card."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tracking_code = models.CharField(_("tracking code"), max_length=12, unique=True)
    subject = models.CharField(_("subject"), max_length=120)
    card = models.ForeignKey(ServiceCard, models.PROTECT, null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, default="fa")
    pin_hash = models.CharField(max_length=200)
    mobile_hash = models.CharField(max_length=200, blank=True)
    email_hash = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    asked_digest = models.CharField(max_length=64)
    asked_as = models.UUIDField(unique=True, default=uuid.uuid4)  # The form's: a double click.

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")

    def __str__(self) -> str:
        return format_tracking(self.tracking_code)


class Citizen(models.Model):
    """Somebody who asked, known by one browser's token. No name, no account."""

    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("citizen")
        verbose_name_plural = _("citizens")

    def __str__(self) -> str:
        return f"citizen {self.pk}"


class AccessQuerySet(models.QuerySet["Access"]):
    def live(self) -> Self:
        return self.filter(expires_at__gt=Now(), revoked_at=None, citizen__revoked_at=None)


class Access(models.Model):
    """This browser may open this case, until the time runs out or somebody revokes it."""

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="accesses")
    case = models.ForeignKey(Case, models.CASCADE, related_name="accesses")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    asked_here = models.BooleanField(default=False)
    # Readable only in the visit in which the question was asked; emptied at its end.
    sealed_pin = models.BinaryField(null=True, blank=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "case"], name="one_access_a_browser_and_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.citizen} → {self.case}"
