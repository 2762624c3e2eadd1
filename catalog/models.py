"""The service card: the identity card of one public service, its draft and its editions.

The columns are what the list and the routing need; the whole national form is the `content`
mapping (typed in `catalog.form.content`). Both repeat the edition in force; before the first one
they are what the card was begun with. What is being written is the draft. An edition is never
changed, so that an answer can cite what was in force when it was given.
"""

from collections.abc import Collection
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agency.bilingual import localized
from agency.models import Skill, Titled, Topic, Unit
from catalog.search.models import SearchEntry, SearchWord

__all__ = ["CardDraft", "CardEdition", "SearchEntry", "SearchWord", "ServiceCard", "draft_of"]


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
    parent = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="sub_services",
        verbose_name=_("service that this is a part of"),
    )
    description_fa = models.TextField(_("description in Persian"))
    description_en = models.TextField(_("description in English"), blank=True)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    content = models.JSONField(_("the rest of the form"), default=dict)
    updated_at = models.DateTimeField(auto_now=True)
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)
    # When it was retired, or brought back after that; None if it never was.
    turned_at = models.DateTimeField(null=True, editable=False)

    objects = ServiceCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("service card")
        verbose_name_plural = _("service cards")
        ordering = ["code"]

    def get_absolute_url(self) -> str:
        return reverse("catalog:show-card", args=[self.slug])

    @property
    def titles(self) -> dict[str, str]:
        return {"fa": self.title_fa, "en": self.title_en}

    @property
    def descriptions(self) -> dict[str, str]:
        return {"fa": self.description_fa, "en": self.description_en}

    @property
    def description(self) -> str:
        return localized(self.description_fa, self.description_en)

    def edition_in_force(self) -> "CardEdition | None":
        return self.editions.in_force().first()


def draft_of(card: ServiceCard) -> "CardDraft | None":
    """What is being written of this card, if anything is."""
    return getattr(card, "draft", None)


class CardDraft(models.Model):
    """What is being written for the next edition of a card; one at a time, for all its editors.

    `author` saved it last; nobody of the `writers` may let it out. `version` counts the times it
    was saved: whoever saves names the one they began from, so that the second of two is told.
    """

    class State(models.TextChoices):
        WRITING = "writing", _("draft")
        IN_REVIEW = "in_review", _("in review")

    card = models.OneToOneField(ServiceCard, models.CASCADE, related_name="draft")
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("the form"))
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.WRITING, db_index=True
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="card_drafts"
    )
    writers: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+"
    )
    saved_at = models.DateTimeField(default=timezone.now)
    note = models.CharField(_("what is new"), max_length=500, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    returned_because = models.CharField(_("sent back because"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return str(self.card)


class CardEditionQuerySet(models.QuerySet["CardEdition"]):
    def in_force(self) -> Self:
        """Those that apply today, the newest first: it hides the others while it applies."""
        today = timezone.localdate()
        over = Q(valid_to__isnull=False, valid_to__lt=today)
        return self.filter(valid_from__lte=today).exclude(over).order_by("-number")

    def published(self) -> Self:
        """Those of cards that the public sees."""
        return self.filter(card__status=ServiceCard.Status.PUBLISHED)

    def in_force_of(self, cards: Collection[int]) -> "dict[int, CardEdition]":
        """The number and day of what applies today, of each of these cards; no query for none."""
        found = self.in_force().filter(card__in=cards).only("card_id", "number", "valid_from")
        newest_last = found.order_by("number") if cards else ()
        return {each.card_id: each for each in newest_last}


class CardEdition(models.Model):
    """What a card says from a day on, until a newer one applies or `valid_to` is over.

    Never changed once published. `author` wrote it and `approver` let it out: never the same
    person. What no person wrote has no author, a sample neither.
    """

    card = models.ForeignKey(ServiceCard, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    snapshot: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("the form"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    # Whether it begins later than it was published, or ends: then the clock has to look.
    timed = models.BooleanField(default=False)
    published_at = models.DateTimeField(default=timezone.now)
    note = models.CharField(_("what is new"), max_length=500, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="editions_written"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="editions_approved"
    )

    objects = CardEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["card"], name="editions_of_their_time", condition=Q(timed=True))
        ]
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="an_edition_number_once"),
            models.CheckConstraint(
                name="two_people_see_an_edition",
                condition=Q(author=None) | Q(approver__isnull=False) & ~Q(author=F("approver")),
            ),
            models.CheckConstraint(
                name="an_edition_begins_before_it_ends",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card} {self.number}"
