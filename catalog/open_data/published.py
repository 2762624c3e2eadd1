"""What is published: cards with the edition in force, and a stamp that changes when they do."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import msgspec
from django.db.models import Case, Count, F, Max, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from agency.models import Agency, Unit
from catalog.form.content import Content, read
from catalog.models import CardEdition, CardEditionQuerySet, ServiceCard

logger = logging.getLogger(__name__)
TURNED = F("card__turned_at")
MADE_BY = "2"  # Count up when the same cards are written differently, or caches keep the old way.


@dataclass(frozen=True, slots=True)
class Published:
    """A card and what it says today."""

    card: ServiceCard
    edition: CardEdition
    form: Content

    @property
    def identifier(self) -> str:
        return self.card.national_id or self.card.code


@dataclass(frozen=True, slots=True)
class Change:
    """An edition that came, or went with its card, and when that was."""

    edition: CardEdition
    moment: datetime

    @property
    def is_gone(self) -> bool:
        return self.edition.card.status == ServiceCard.Status.RETIRED


@dataclass(frozen=True, slots=True)
class Stamp:
    """What caches compare: a mark, and when it last changed."""

    mark: str
    changed_at: datetime | None


def published_cards() -> list[Published]:
    """Every published card with its edition in force, by code."""
    editions = _open_editions().in_force().order_by("card__code", "-number")
    return list(_newest_each(editions))


def published_card(slug: str) -> Published | None:
    editions = _open_editions().in_force().filter(card__slug=slug)
    return next(_newest_each(editions[:1]), None)


def published_edition(slug: str, number: int) -> Published | None:
    """One edition of a published card, once it has applied: those to come stay in the house."""
    begun = _open_editions().filter(valid_from__lte=timezone.localdate())
    return next(_newest_each(begun.filter(card__slug=slug, number=number)), None)


def latest_changes(start: int, count: int) -> list[Change]:
    """What came and what went, the latest first.

    Editions that have begun to apply count from when they were published, or their card was brought
    back; those of a retired card from when it was retired, for what came after that never came.
    """
    told = CardEdition.objects.filter(
        valid_from__lte=timezone.localdate(),
        card__status__in=[ServiceCard.Status.PUBLISHED, ServiceCard.Status.RETIRED],
    )
    told = told.exclude(card__status=ServiceCard.Status.RETIRED, published_at__gt=TURNED)
    gone = When(card__status=ServiceCard.Status.RETIRED, then=Coalesce(TURNED, "card__updated_at"))
    came = Greatest("published_at", Coalesce(TURNED, "published_at"))
    changes = told.annotate(moment=Case(gone, default=came)).order_by("-moment", "-pk")
    found = changes.select_related("card__unit")[start : start + count]
    return [Change(each, each.moment) for each in found]  # type: ignore[attr-defined]


def stamp() -> Stamp:
    """One mark for everything that open data says; editions begin and end at midnight."""
    found = CardEdition.objects.published().aggregate(
        n=Count("pk"),
        cards=Count("card", distinct=True),
        last=Max("pk"),
        at=Max("published_at"),
        changed=Max("card__updated_at"),
    )
    turned = ServiceCard.objects.aggregate(at=Max("turned_at"))["at"]
    names = [*Agency.objects.order_by("pk").values_list(), *Unit.objects.values_list()]
    said = repr((MADE_BY, timezone.localdate(), sorted(found.items()), turned, names))
    moments = [each for each in (found["at"], found["changed"], turned, _midnight()) if each]
    known = found["n"] or turned
    return Stamp(sha256(said.encode()).hexdigest()[:24], max(moments) if known else None)


def _midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def _open_editions() -> CardEditionQuerySet:
    return CardEdition.objects.published().select_related("card__unit__agency")


def _newest_each(editions: Iterable[CardEdition]) -> Iterator[Published]:
    seen = set()
    for edition in editions:
        if edition.card_id in seen:
            continue
        seen.add(edition.card_id)
        if form := form_of(edition):
            yield Published(edition.card, edition, form)


def form_of(edition: CardEdition) -> Content | None:
    """What an edition says; None, and a line in the log, where it was written before the form."""
    try:
        return read(edition.snapshot)
    except msgspec.ValidationError as fault:
        logger.warning("Edition %s of %s: %s", edition.number, edition.card.slug, fault)
        return None
