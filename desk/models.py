"""A ticket: what could not be settled live, with a promise and its history.

Statuses, transitions and targets are in `desk.rules` and `desk.deadlines`; here is only what is
stored.
"""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agency.models import Unit
from catalog.models import ServiceCard
from consult.models import Access, Case, Citizen, Consultation


class TicketQuerySet(models.QuerySet["Ticket"]):
    def open(self) -> Self:
        return self.exclude(status__in=Ticket.ENDED)

    def visible_to(self, person: "User | Citizen") -> Self:
        if isinstance(person, Citizen):
            granted = Access.objects.live().filter(citizen=person)
            return self.filter(case__in=granted.values("case"))
        return self.filter(unit__in=person.desk_units())


class Ticket(models.Model):
    """A written promise of one unit to one citizen."""

    class Type(models.TextChoices):
        REQUEST = "request", _("request")
        QUESTION = "question", _("question")
        COMPLAINT = "complaint", _("complaint")
        SUGGESTION = "suggestion", _("suggestion")
        REPORT = "report", _("report of wrongdoing")
        FOI = "foi", _("access to information")
        INCIDENT = "incident", _("technical fault")

    class Status(models.TextChoices):
        NEW = "new", _("registered")
        TRIAGED = "triaged", _("referred")
        IN_PROGRESS = "in_progress", _("being worked on")
        WAITING_CITIZEN = "waiting_citizen", _("waiting for the applicant")
        WAITING_OTHER = "waiting_other", _("waiting for another body")
        RESOLVED = "resolved", _("answered")
        REOPENED = "reopened", _("reopened")
        REJECTED = "rejected", _("rejected")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled by the applicant")

    class Level(models.TextChoices):
        HIGH = "high", _("high")
        MEDIUM = "medium", _("medium")
        LOW = "low", _("low")

    ENDED = (Status.RESOLVED, Status.REJECTED, Status.CLOSED, Status.CANCELLED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="tickets")
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="tickets"
    )
    card = models.ForeignKey(ServiceCard, models.PROTECT, null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tickets", verbose_name=_("unit"))
    type = models.CharField(_("type"), max_length=12, choices=Type, default=Type.QUESTION)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.NEW)
    impact = models.CharField(_("impact"), max_length=6, choices=Level, default=Level.LOW)
    urgency = models.CharField(_("urgency"), max_length=6, choices=Level, default=Level.MEDIUM)
    priority = models.PositiveSmallIntegerField(_("priority"))
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("text"))
    folded = models.TextField(editable=False)
    assignee = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="tickets"
    )
    created_at = models.DateTimeField(default=timezone.now)
    first_response_due_at = models.DateTimeField()
    resolution_due_at = models.DateTimeField()
    first_responded_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["resolution_due_at"]
        constraints = [
            models.CheckConstraint(
                name="a_priority_is_one_to_four", condition=Q(priority__range=(1, 4))
            ),
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(consultation__isnull=False),
                name="a_consultation_becomes_one_ticket",
            ),
        ]
        indexes = [models.Index(fields=["status", "resolution_due_at"], name="ticket_by_due")]

    def __str__(self) -> str:
        return f"{self.case} {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("desk:show-ticket", args=[self.pk])

    @property
    def has_ended(self) -> bool:
        return self.status in self.ENDED


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def public(self) -> Self:
        return self.filter(is_public=True)


class FollowUp(models.Model):
    """Something said on a ticket. An internal one has no path to a citizen's page."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="follow_ups")
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    is_public = models.BooleanField(_("shown to the citizen"), default=True)
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(default=timezone.now)
    client_id = models.UUIDField(default=uuid.uuid4)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_citizen_writes_in_public",
                condition=Q(author__isnull=False) | Q(is_public=True),
            ),
            models.UniqueConstraint(
                fields=["ticket", "client_id"], name="a_word_is_said_once_on_a_ticket"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.created_at:%Y-%m-%d %H:%M}"


class TicketChange(models.Model):
    """Who changed what, and why. Only ever added to."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    field = models.CharField(max_length=30)
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.field}: {self.after}"
