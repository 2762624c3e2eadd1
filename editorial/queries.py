"""Which cards an editor works on, and how they stand."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from catalog.form.content import Content, read
from catalog.form.rules import Completeness, Problem, completeness, problems
from catalog.models import CardDraft, ServiceCard, draft_of
from catalog.operations import working_copy
from catalog.parents import problems_of_parent

FRESH = timedelta(days=365)  # A card that nobody checked for so long is stale.


@dataclass(frozen=True, slots=True)
class Standing:
    """A card as its editors see it."""

    card: ServiceCard
    draft: CardDraft | None
    filled: Completeness
    stale: bool

    @property
    def stage(self) -> str:
        """The one word for the list: what is under way counts before what is out."""
        return self.draft.state if self.draft else self.card.status


def cards_of(editor: User) -> "QuerySet[ServiceCard]":
    """The cards of the units in which this person is an editor; nobody else's."""
    units = editor.units_as(Role.EDITOR)
    return ServiceCard.objects.filter(unit__in=units).select_related("unit", "draft")


def narrowed(cards: "QuerySet[ServiceCard]", stage: str) -> "QuerySet[ServiceCard]":
    """Those at one stage: a draft's state, a card's status, or `stale`."""
    if stage in CardDraft.State.values:
        return cards.filter(draft__state=stage)
    if stage == "stale":
        return cards.filter(_stale(timezone.localdate()))
    if stage in ServiceCard.Status.values:
        return cards.filter(status=stage)
    return cards


def counted(cards: "QuerySet[ServiceCard]") -> dict[str, int]:
    """How many there are at each stage."""
    stages = [*CardDraft.State.values, *ServiceCard.Status.values, "stale"]
    return {stage: narrowed(cards, stage).count() for stage in stages}


def standing_of(card: ServiceCard) -> Standing:
    """How this card stands; of what is being written, where there is a draft."""
    return Standing(card, draft_of(card), completeness(form_of(card)), is_stale(card))


def form_of(card: ServiceCard) -> Content:
    """The form as it is being written; else as it stands."""
    return read(working_copy(card))


def problems_of(card: ServiceCard, draft: CardDraft | None = None) -> list[Problem]:
    """What keeps this draft, else the card as it is being written, from being published."""
    draft = draft or draft_of(card)
    form = read(draft.content) if draft else form_of(card)
    return [*problems(form), *problems_of_parent(card, form), *_of_days(draft)]


def _of_days(draft: CardDraft | None) -> list[Problem]:
    """A draft can lie until the days that it was written for are over."""
    if draft and draft.valid_to and draft.valid_to < timezone.localdate():
        return [Problem("valid_to", _("Valid to: this day is over."))]
    return []


def is_stale(card: ServiceCard, today: date | None = None) -> bool:
    """Whether nobody has checked this published card for a year."""
    since = (today or timezone.localdate()) - FRESH
    is_out = card.status == ServiceCard.Status.PUBLISHED
    return is_out and (card.checked_on is None or card.checked_on < since)


def _stale(today: date) -> Q:
    unchecked = Q(checked_on=None) | Q(checked_on__lt=today - FRESH)
    return unchecked & Q(status=ServiceCard.Status.PUBLISHED)
