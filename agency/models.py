"""Whose service this is: the agency, its units, when they are open, and what they are asked about.

Everything here is data, so that a second agency is set up without touching code.
"""

from typing import Self

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from agency.bilingual import localized


class Agency(models.Model):
    """The public body in whose name everybody here speaks: one, in one installation."""

    code = models.SlugField(_("code"), unique=True)
    name_fa = models.CharField(_("name in Persian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    parent_fa = models.CharField(_("parent body in Persian"), max_length=200, blank=True)
    parent_en = models.CharField(_("parent body in English"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address_fa = models.TextField(_("address in Persian"), blank=True)
    address_en = models.TextField(_("address in English"), blank=True)
    example_fa = models.CharField(_("an example of a question"), max_length=200, blank=True)
    example_en = models.CharField(_("the same in English"), max_length=200, blank=True)
    alarm_fa = models.CharField(_("how the urgent question is put"), max_length=200, blank=True)
    alarm_en = models.CharField(_("the same in English"), max_length=200, blank=True)
    retention_months = models.PositiveSmallIntegerField(_("months a text is kept"), default=12)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [
            models.UniqueConstraint(
                Value(1),
                name="one_agency_an_installation",
                violation_error_message=_(
                    "One installation serves one agency. Another one has a database of its own."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return localized(self.name_fa, self.name_en)

    @property
    def address(self) -> str:
        return localized(self.address_fa, self.address_en)

    @property
    def example(self) -> str:
        """What stands in the empty box of the question."""
        return localized(self.example_fa, self.example_en)

    @property
    def alarm(self) -> str:
        """What the front page asks before it leads to the urgent topic."""
        return localized(self.alarm_fa, self.alarm_en)


class Titled(models.Model):
    """Whatever carries a title in Persian and, where somebody wrote it, in English."""

    title_fa = models.CharField(_("title in Persian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return localized(self.title_fa, self.title_en)


class Unit(Titled):
    """A part of the agency that answers for its own services."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units")
    code = models.SlugField(_("code"), unique=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["pk"]


class OpeningHours(models.Model):
    """One window of a weekday, for one unit or (unit empty) for the whole agency."""

    class Weekday(models.IntegerChoices):
        """As Python counts them."""

        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens_at = models.TimeField(_("opens at"))
    closes_at = models.TimeField(_("closes at"))
    valid_from = models.DateField(_("valid from"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["valid_from", "weekday", "opens_at"]
        constraints = [
            models.CheckConstraint(
                name="hours_open_before_they_close", condition=Q(opens_at__lt=F("closes_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class SpecialDay(Titled):
    """A day unlike its weekday: closed, or (both times given) open for other hours."""

    day = models.DateField(_("day"))
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="days")
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)
    estimated = models.BooleanField(_("date depends on the moon"), default=False)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["day", "unit"], name="one_rule_a_day_and_unit"),
            models.UniqueConstraint(
                fields=["day"], condition=Q(unit=None), name="one_rule_a_day_for_all"
            ),
            models.CheckConstraint(
                name="special_hours_are_both_or_neither",
                condition=Q(opens_at=None, closes_at=None) | Q(opens_at__lt=F("closes_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.title}"


class Skill(Titled):
    """What a counsellor can be good at; topics ask for skills."""

    code = models.SlugField(_("code"), unique=True)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["pk"]


class TopicQuerySet(models.QuerySet["Topic"]):
    def known_to(self, skills: "models.QuerySet[Skill]") -> Self:
        """Topics none of whose skills is missing from `skills`; the general topic always."""
        missing = Skill.objects.exclude(pk__in=skills.values("pk"))
        return self.exclude(skills__in=missing).distinct()


class Topic(Titled):
    """What a question is about, as the waiting line sees it."""

    GENERAL = "general"

    code = models.SlugField(_("code"), unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="topics")
    skills = models.ManyToManyField(Skill, blank=True, related_name="topics")
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    urgent = models.BooleanField(_("goes before everybody"), default=False)
    capacity = models.PositiveSmallIntegerField(_("conversations at once"), default=4)
    default_ticket_type = models.SlugField(_("ticket type"), default="question")

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="a_topic_takes_someone", condition=Q(capacity__gte=1))
        ]
