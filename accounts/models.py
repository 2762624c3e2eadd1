"""People of the staff: who they are, what they may do and in which unit.

Citizens are not here: they have no account (see `consult.models.Citizen`).
"""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.bilingual import localized
from agency.models import Skill, Unit


class Role(models.TextChoices):
    """What a person of the staff may do (PRODUCT.md, People)."""

    COUNSELLOR = "counsellor", _("counsellor")
    SUPERVISOR = "supervisor", _("supervisor")
    EDITOR = "editor", _("editor")
    ADMINISTRATOR = "administrator", _("administrator")


class User(AbstractUser):
    """A person of the staff. Citizens see the first name and the role, nothing more."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    first_name_fa = models.CharField(_("first name in Persian"), max_length=60)
    last_name_fa = models.CharField(_("last name in Persian"), max_length=60, blank=True)
    first_name_en = models.CharField(_("first name in English"), max_length=60, blank=True)
    last_name_en = models.CharField(_("last name in English"), max_length=60, blank=True)
    skills = models.ManyToManyField(Skill, blank=True, related_name="people")
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    capacity = models.PositiveSmallIntegerField(_("conversations at once"), default=4)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def first_names(self) -> dict[str, str]:
        """The first name in both languages, as the wire carries it."""
        fa = self.first_name_fa or self.username
        return {"fa": fa, "en": self.first_name_en or fa}

    @property
    def shown_name(self) -> str:
        """The first name, in the reader's language."""
        return localized(**self.first_names)

    @property
    def full_name(self) -> str:
        fa = f"{self.first_name_fa} {self.last_name_fa}".strip()
        return localized(fa, f"{self.first_name_en} {self.last_name_en}".strip())

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.shown_name

    def holds(self, role: Role) -> bool:
        return self.is_active and any(post.role == role for post in self.posts.all())

    def units_as(self, role: Role) -> "models.QuerySet[Unit]":
        """The units in which this person holds `role`."""
        return Unit.objects.filter(posts__person=self, posts__role=role).distinct()

    def desk_units(self) -> "models.QuerySet[Unit]":
        """The units whose tickets this person works on or answers for."""
        desk = Q(posts__role=Role.COUNSELLOR, posts__desk=True)
        head = Q(posts__role__in=[Role.SUPERVISOR, Role.ADMINISTRATOR])
        return Unit.objects.filter(desk | head, posts__person=self).distinct()

    def publishes_for(self, unit: Unit) -> bool:
        """Whether this editor may let a card of `unit` out: one's own never, but that is the
        edition's rule.
        """
        return self.posts.filter(role=Role.EDITOR, publishes=True, unit=unit).exists()

    def clean(self) -> None:
        super().clean()
        if set(self.languages) - {"fa", "en", "ar"}:
            raise ValidationError({"languages": _("Use the codes fa, en and ar.")})


class Post(models.Model):
    """A role that a person holds in a unit."""

    person = models.ForeignKey(User, models.CASCADE, related_name="posts")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    desk = models.BooleanField(_("works on tickets"), default=False)
    publishes = models.BooleanField(_("publishes service cards"), default=False)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "unit"], name="a_role_once_in_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit}"
