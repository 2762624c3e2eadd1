"""Who did what with whose words, and the originals of what was masked.

Nothing here knows a consultation or a ticket: a subject is named by kind and id, so that every
room above can be accounted for by the same two tables.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One line of the log: append-only (a trigger sees to it), sealed to the line before."""

    class Action(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        SIGNED_OUT = "signed_out", _("signed out")
        READ_TRANSCRIPT = "read_transcript", _("read a transcript")
        READ_CONSULTATION = "read_consultation", _("opened a consultation")
        READ_TICKET = "read_ticket", _("opened a ticket")
        REVEALED = "revealed", _("revealed masked data")
        RESUMED = "resumed", _("opened a case with its code")
        CHANGED = "changed", _("changed")

    at = models.DateTimeField(_("at"), default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(_("action"), max_length=30, choices=Action)
    subject_kind = models.CharField(_("subject"), max_length=30)
    subject_id = models.CharField(_("subject id"), max_length=80)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    address = models.CharField(_("network address, shortened"), max_length=45, blank=True)
    previous = models.CharField(max_length=64)
    seal = models.CharField(_("seal"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_kind} {self.subject_id}"


class SealedOriginal(models.Model):
    """What a mask covers, encrypted; `trust.operations.reveal` shows it and leaves a trace."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_kind = models.CharField(_("subject"), max_length=30)
    subject_id = models.CharField(_("subject id"), max_length=80)
    kind = models.CharField(_("kind of data"), max_length=20)
    masked = models.CharField(_("as shown"), max_length=200)
    ciphertext = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("masked original")
        verbose_name_plural = _("masked originals")
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="sealed_by_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.masked}"


class Attempt(models.Model):
    """A wrong try, or a use of something scarce, counted per key and hour in the database."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["kind", "key", "at"], name="attempts_of_an_hour")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
