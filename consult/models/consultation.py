"""A consultation: one question about one topic, answered live by one counsellor at a time.

What can be said of it in one sentence is a constraint with that sentence as its name. Rights are
questions to a queryset: `visible_to(person)`.
"""

import uuid
from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from agency.models import Topic
from catalog.models import CardEdition, ServiceCard
from consult.models.case import Access, Case, Citizen

Person = User | Citizen
NO_CARD = "no_card"  # The failed field where the card is not about it, and none is.


def _take_part(people: Collection[int]) -> Q:
    """One of these people holds it now, or has just ended it and not noted how."""
    ending = Q(last_holder__in=people, state="closed", wrapped_up_at=None)
    return Q(holder__in=people) | ending


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def waiting(self) -> Self:
        """The line, first to be served first."""
        in_line = self.filter(state=Consultation.State.WAITING)
        return in_line.order_by("priority", "arrived_at", "id")

    def held(self) -> Self:
        return self.filter(holder__isnull=False)

    def held_by(self, counsellor: User) -> Self:
        return self.filter(holder=counsellor)

    def to_wrap_up(self, counsellor: User) -> Self:
        return self.filter(
            last_holder=counsellor, state=Consultation.State.CLOSED, wrapped_up_at=None
        )

    def may_be_noted_by(self, counsellor: User) -> Self:
        """Ended by this person, and not noted by anybody but the clock."""
        unsaid = Q(wrapped_up_at=None) | Q(wrap_up_suggested=True)
        return self.filter(unsaid, last_holder=counsellor, state=Consultation.State.CLOSED)

    def closed(self) -> Self:
        return self.filter(state=Consultation.State.CLOSED)

    def open(self) -> Self:
        return self.exclude(state=Consultation.State.CLOSED)

    def spoken_by(self, person: "User | Citizen") -> Self:
        """The conversations that this person takes part in now; looking on is not taking part."""
        if isinstance(person, Citizen):
            return self.visible_to(person)
        return self.spoken_by_one_of([person.pk])

    def spoken_by_one_of(self, counsellors: Collection[int]) -> Self:
        """The same for many: it is the holder who takes part, or the last one."""
        return self.filter(_take_part(counsellors))

    def visible_to(self, person: "User | Citizen") -> Self:
        """What this person may read now: reading follows the present holding, never a past one."""
        if isinstance(person, Citizen):
            granted = Access.objects.live().filter(citizen=person)
            return self.filter(case__in=granted.values("case"))
        return self.filter(
            _take_part([person.pk]) | Q(topic__unit__in=person.units_as(Role.SUPERVISOR))
        )

    def said_of_cards(self) -> Self:
        """Those of which a counsellor has noted whether a card answered."""
        return self.filter(card_answered__isnull=False)

    def supervised_by(self, supervisor: User) -> Self:
        return self.filter(topic__unit__in=supervisor.units_as(Role.SUPERVISOR))


class Consultation(models.Model):
    """One question about one topic, with one holder at a time."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        OFFERED = "offered", _("offered")
        ACTIVE = "active", _("active")
        PARKED = "parked", _("parked")
        CLOSED = "closed", _("closed")

    class CloseReason(models.TextChoices):
        ANSWERED = "answered", _("answered")
        CITIZEN_LEFT = "citizen_left", _("the citizen left")
        ABANDONED = "abandoned", _("left the line")
        BECAME_TICKET = "became_ticket", _("became a ticket")
        TIMED_OUT = "timed_out", _("timed out")
        ABUSE = "abuse", _("abuse")

    class Outcome(models.TextChoices):
        """What the citizen says on leaving."""

        SOLVED = "solved", _("solved")
        NOT_SOLVED = "not_solved", _("not solved")
        UNKNOWN = "unknown", _("don't know")

    class Priority(models.IntegerChoices):
        """Classes of the line, in the order of service."""

        SAFETY = 0, _("safety")
        VULNERABLE = 1, _("vulnerable")
        NORMAL = 2, _("normal")

    class Awaiting(models.TextChoices):
        COUNSELLOR = "counsellor", _("waiting for the counsellor")
        CITIZEN = "citizen", _("waiting for the citizen")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="consultations")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="consultations")
    card = models.ForeignKey(ServiceCard, models.PROTECT, null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, default="fa")
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NORMAL)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    arrived_at = models.DateTimeField(_("arrived at"), default=timezone.now)  # Never changes.

    holder = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="holding")
    slot = models.PositiveSmallIntegerField(null=True, blank=True)
    epoch = models.PositiveIntegerField(default=0)  # Grows with every assignment: a fencing token.
    last_holder = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="held"
    )
    offer_expires_at = models.DateTimeField(null=True, blank=True)
    offers = models.PositiveSmallIntegerField(default=0)
    assigned_at = models.DateTimeField(null=True, blank=True)
    first_reply_at = models.DateTimeField(null=True, blank=True)
    awaiting = models.CharField(max_length=10, choices=Awaiting, default=Awaiting.COUNSELLOR)
    awaiting_since = models.DateTimeField(default=timezone.now)
    nudged_at = models.DateTimeField(null=True, blank=True)  # The holder, about this silence.
    supervisors_told_at = models.DateTimeField(null=True, blank=True)  # The same, later.
    preferred = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    # Until `restricted_until`: who must not be given this one, or the only one who may be.
    avoid: models.JSONField[list[int], list[int]] = models.JSONField(default=list, blank=True)
    reserved_for = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    restricted_until = models.DateTimeField(null=True, blank=True)
    summary = models.TextField(blank=True)  # From colleague to colleague, when transferred.
    hold_at = models.DateTimeField(null=True, blank=True)
    hold_until = models.DateTimeField(null=True, blank=True)
    hold_reason = models.CharField(max_length=200, blank=True)
    citizen_seen_at = models.DateTimeField(default=timezone.now)
    silence_noticed_at = models.DateTimeField(null=True, blank=True)

    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=15, choices=CloseReason, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True)
    feedback_at = models.DateTimeField(null=True, blank=True)
    wrap_up_due_at = models.DateTimeField(null=True, blank=True)
    wrapped_up_at = models.DateTimeField(null=True, blank=True)
    wrap_up_suggested = models.BooleanField(default=False)
    wrap_up_extended = models.BooleanField(default=False)
    card_answered = models.BooleanField(null=True, blank=True)
    failed_field = models.CharField(max_length=30, blank=True)
    # What applied when it was said, so that a better edition can be told from the one before it.
    card_edition = models.ForeignKey(
        CardEdition, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    last_seq = models.PositiveIntegerField(default=0)
    # Where each outbox stands that speaks here, the last used last: [stream, place, role].
    outboxes: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)  # Grows with every change that a screen shows.

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        indexes = [
            models.Index(
                fields=["topic", "language", "priority", "arrived_at", "id"],
                condition=Q(state="waiting"),
                name="the_waiting_line",
            ),
            models.Index(
                fields=["topic", "language"],
                condition=Q(state="waiting", restricted_until__isnull=False),
                name="the_restricted_in_line",
            ),
            models.Index(fields=["state", "arrived_at"], name="consultation_by_state"),
            models.Index(
                fields=["card", "card_edition"],
                condition=Q(card_answered__isnull=False),
                name="what_was_said_of_cards",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="held_means_one_holder_and_a_slot",
                condition=Q(
                    state__in=["offered", "active"], holder__isnull=False, slot__isnull=False
                )
                | Q(
                    state__in=["waiting", "parked", "closed"],
                    holder__isnull=True,
                    slot__isnull=True,
                ),
            ),
            models.UniqueConstraint(
                fields=["holder", "slot"],
                condition=Q(holder__isnull=False),
                name="a_slot_holds_one_consultation",
            ),
            models.CheckConstraint(
                name="slots_are_twice_the_largest_capacity",
                condition=Q(slot=None) | Q(slot__gte=1, slot__lte=20),
            ),
            models.CheckConstraint(
                name="only_for_a_time_is_anybody_passed_over",
                condition=Q(restricted_until__isnull=False) | Q(avoid=[], reserved_for=None),
            ),
            models.CheckConstraint(
                name="a_hold_begins_and_ends",
                condition=Q(hold_at=None, hold_until=None)
                | Q(hold_at__isnull=False, hold_until__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_has_a_reason_and_a_time",
                condition=Q(state="closed", closed_at__isnull=False) & ~Q(close_reason="")
                | ~Q(state="closed") & Q(closed_at__isnull=True, close_reason=""),
            ),
            models.CheckConstraint(
                name="an_offer_runs_out",
                condition=~Q(state="offered") | Q(offer_expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_rating_is_one_to_five",
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5),
            ),
            models.CheckConstraint(
                name="a_language_we_speak", condition=Q(language__in=["fa", "en", "ar"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("desk:show-consultation", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def is_held(self) -> bool:
        return self.holder_id is not None

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    @property
    def is_offered(self) -> bool:
        return self.state == self.State.OFFERED

    @property
    def is_nudged(self) -> bool:
        """The counsellor was reminded of the silence that lasts now."""
        owed = self.is_active and self.awaiting == self.Awaiting.COUNSELLOR
        return owed and self.nudged_at is not None and self.nudged_at >= self.awaiting_since

    @property
    def is_on_hold(self) -> bool:
        """The counsellor asked for a moment and has said nothing since."""
        return (
            self.hold_at is not None
            and self.awaiting == self.Awaiting.COUNSELLOR
            and self.awaiting_since <= self.hold_at
        )
