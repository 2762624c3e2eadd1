"""What was said, in order, and what counsellors say often."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agency.bilingual import localized
from agency.models import Titled, Topic
from catalog.models import CardEdition
from consult.models import Consultation


class MessageQuerySet(models.QuerySet["Message"]):
    def in_order(self) -> Self:
        return self.order_by("seq").select_related("author", "edition__card")

    def questions(self) -> Self:
        """What was asked: the first message of each conversation."""
        return self.filter(seq=1)


class Message(models.Model):
    """One utterance: masked before it came here, never changed afterwards.

    `stream` is one outbox (one browser page, one form); `n` counts up from 1 within it, so that a
    resend can neither repeat nor overtake; how far it counts is kept with the consultation, whose
    row is locked meanwhile. A `line` is the system's: `text` is its code (see
    `chat.lines`) and `params` what the reader's language is filled with.
    """

    class Role(models.TextChoices):
        CITIZEN = "citizen", _("citizen")
        COUNSELLOR = "counsellor", _("counsellor")
        SYSTEM = "system", _("system")

    pk = models.CompositePrimaryKey("consultation_id", "seq")
    # Every index is written with every message: the constraints below are all that is needed.
    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="messages", db_index=False
    )
    seq = models.PositiveIntegerField()
    role = models.CharField(max_length=10, choices=Role)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    stream = models.CharField(max_length=36)
    n = models.PositiveIntegerField()
    client_id = models.CharField(max_length=36)
    text = models.TextField()
    params: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    masked: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    edition = models.ForeignKey(
        CardEdition, models.PROTECT, null=True, related_name="+", db_index=False
    )
    field = models.CharField(max_length=30, blank=True)
    folded = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(
                fields=["edition"], condition=Q(edition__isnull=False), name="messages_that_cite"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "client_id"], name="a_message_is_stored_once"
            ),
            models.CheckConstraint(
                name="sequences_start_at_one", condition=Q(seq__gte=1, n__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.seq}"


class CannedReply(Titled):
    """A text that counsellors insert with a few keys, edit, and send themselves."""

    code = models.SlugField(_("code"), unique=True)
    shortcut = models.CharField(_("shortcut"), max_length=20, unique=True)
    body_fa = models.TextField(_("text in Persian"))
    body_en = models.TextField(_("text in English"), blank=True)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="replies")
    sample = models.BooleanField(_("sample, not checked by the agency"), default=False)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    expires_on = models.DateField(_("to be checked before"), null=True, blank=True)

    class Meta:
        verbose_name = _("canned reply")
        verbose_name_plural = _("canned replies")
        ordering = ["shortcut"]

    @property
    def body(self) -> str:
        return localized(self.body_fa, self.body_en)
