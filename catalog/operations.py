"""Publishing a card: what it says now becomes the next edition."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog.models import CardEdition, ServiceCard
from catalog.search.indexing import index_cards


@transaction.atomic
def publish(*, card: ServiceCard) -> CardEdition:
    """Freeze the card as its next edition, in force from today."""
    card = ServiceCard.objects.select_for_update().get(pk=card.pk)
    today = timezone.localdate()
    last = card.editions.order_by("-number").first()
    card.editions.filter(valid_to=None).update(valid_to=today - timedelta(days=1))
    card.status, card.checked_on = ServiceCard.Status.PUBLISHED, today
    card.save(update_fields=["status", "checked_on", "updated_at"])
    edition = CardEdition.objects.create(
        card=card,
        number=last.number + 1 if last else 1,
        snapshot=snapshot_of(card),
        valid_from=today,
    )
    index_cards([card])
    return edition


def snapshot_of(card: ServiceCard) -> dict[str, Any]:
    """The whole form, columns and content, as one mapping."""
    return {
        **card.content,
        "title": {"fa": card.title_fa, "en": card.title_en},
        "description": {"fa": card.description_fa, "en": card.description_en},
    }
