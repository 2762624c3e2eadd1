"""The services that a service is a part of, has as its parts, or is related to."""

from dataclasses import dataclass

from django.db.models import Q

from catalog.form.content import Content
from catalog.models import ServiceCard


@dataclass(frozen=True, slots=True)
class Relatives:
    """Only what is published: the others are nobody's business yet, or no longer."""

    parent: ServiceCard | None
    parts: list[ServiceCard]
    related: list[ServiceCard]


def relatives_of(card: ServiceCard, form: Content | None) -> Relatives:
    """In one statement; related ones in the order in which the form names them."""
    named = form.related if form else []
    near = Q(pk=card.parent_id) | Q(parent=card) | Q(slug__in=named)
    found = list(ServiceCard.objects.published().filter(near).defer("content", "keywords"))
    order = {slug: place for place, slug in enumerate(named)}
    related = [each for each in found if each.slug in order]
    return Relatives(
        parent=next((each for each in found if each.pk == card.parent_id), None),
        parts=[each for each in found if each.parent_id == card.pk],
        related=sorted(related, key=lambda each: order[each.slug]),
    )
