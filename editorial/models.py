"""What became of a question that no card answered."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import CardEdition
from consult.models import Consultation


class Settlement(models.Model):
    """An editor is done with a question: an edition answers it, or no card shall.

    The question itself is the conversation's; nothing of it is kept here. A question that matched
    no card is answered without an edition: by a card that was written since.
    """

    class Kind(models.TextChoices):
        ANSWERED = "answered", _("answered")
        NOT_FOR_CARD = "not_for_card", _("not for a card")

    consultation = models.OneToOneField(
        Consultation, models.CASCADE, primary_key=True, related_name="settlement"
    )
    kind = models.CharField(_("what became of it"), max_length=15, choices=Kind)
    edition = models.ForeignKey(
        CardEdition, models.PROTECT, null=True, blank=True, related_name="answers"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("settled question")
        verbose_name_plural = _("settled questions")
        constraints = [
            models.CheckConstraint(
                name="only_an_answer_has_an_edition",
                condition=Q(kind="answered") | Q(edition=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.kind}"
