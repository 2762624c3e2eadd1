"""A counsellor's time on duty, and the log of what was given to whom."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agency.models import Topic
from consult.models.consultation import Consultation


class DutyQuerySet(models.QuerySet["Duty"]):
    def current(self) -> Self:
        return self.filter(ended_at=None)

    def pairable(self) -> Self:
        """Available with a live lease. Whether there is room is the pairing's question."""
        return self.current().filter(state=Duty.State.AVAILABLE, lease_until__gt=Now())


class Duty(models.Model):
    """One counsellor's time on duty: for which topics and languages, and how many at once."""

    class State(models.TextChoices):
        """`lost` is derived from the lease and `full` from the load; neither is stored."""

        AVAILABLE = "available", _("available")
        BREAK = "break", _("on a break")
        DRAINING = "draining", _("finishing")
        OFF = "off", _("off duty")

    class Break(models.TextChoices):
        """The reasons that the console offers; anything else stands as it was typed."""

        REST = "rest", _("Short rest")
        PRAYER = "prayer", _("Prayer")
        MEAL = "meal", _("Meal")
        MEETING = "meeting", _("Meeting")

    counsellor = models.ForeignKey(User, models.PROTECT, related_name="duties")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.AVAILABLE)
    break_reason = models.CharField(_("reason of the break"), max_length=60, blank=True)
    topics = models.ManyToManyField(Topic, related_name="+")
    languages = models.JSONField(default=list)
    capacity = models.PositiveSmallIntegerField(_("conversations at once"), default=4)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField()
    last_assigned_at = models.DateTimeField(null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            models.UniqueConstraint(
                fields=["counsellor"], condition=Q(ended_at=None), name="one_duty_at_a_time"
            ),
            models.CheckConstraint(
                name="off_means_ended",
                condition=Q(state="off", ended_at__isnull=False)
                | ~Q(state="off") & Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="room_for_one_to_ten", condition=Q(capacity__range=(1, 10))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counsellor} {self.state}"

    @property
    def break_words(self) -> str:
        """Why, in the reader's language."""
        known = {str(code): str(label) for code, label in self.Break.choices}
        return known.get(self.break_reason, self.break_reason)

    def is_lost(self, now: datetime) -> bool:
        """Nobody is behind it any more: the lease has lapsed."""
        return self.ended_at is None and self.lease_until <= now


class Assignment(models.Model):
    """The log of who was given or offered what, and at which load: checks and figures read it."""

    class Answer(models.TextChoices):
        """What became of it. A pending offer has none yet."""

        TAKEN = "taken", _("taken")
        DECLINED = "declined", _("declined")
        LAPSED = "lapsed", _("not answered")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="assignments")
    counsellor = models.ForeignKey(User, models.PROTECT, related_name="+")
    epoch = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    waited = models.DurationField()  # From the arrival; until taken, once it is.
    load_before = models.FloatField()
    capacity = models.PositiveSmallIntegerField()  # In force: the counsellor's or the topic's.
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    is_first = models.BooleanField(default=False)  # Nobody had taken this consultation before.
    late_reply = models.BooleanField(default=False)  # The first reply missed its target.

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "epoch"], name="an_epoch_once"),
            models.CheckConstraint(
                name="never_beyond_capacity", condition=Q(load_before__lte=F("capacity") - 1)
            ),
        ]
        indexes = [models.Index(fields=["at"], name="assignment_by_time")]

    def __str__(self) -> str:
        return f"{self.consultation_id} → {self.counsellor_id}"
