"""Editions and drafts of a card. Who may do this is decided above (`editorial`)."""

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog.models import CardDraft, CardEdition, ServiceCard, draft_of
from catalog.parents import PARENTS, ParentError, parent_of
from catalog.search.indexing import index_cards
from trust import locks

logger = logging.getLogger(__name__)


def publish(*, card: ServiceCard) -> CardEdition:
    """The card as it stands becomes its next edition, from today: a sample, for instance."""
    return issue(card=card, content=snapshot_of(ServiceCard.objects.get(pk=card.pk)))


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on an edition beside its words; in force from `valid_from`, else from today."""

    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    author: Any = None
    approver: Any = None


@transaction.atomic
def issue(
    *, card: ServiceCard, content: dict[str, Any], imprint: Imprint = Imprint()
) -> CardEdition:
    """The next edition of the card; `ParentError` where it cannot be a part of what it names.

    A retired card stays so: only who brings it back decides that the public sees it again.
    """
    if content.get("parent"):
        locks.take_for(PARENTS)
    card = ServiceCard.objects.select_for_update().get(pk=card.pk)
    parent_of(card, content)
    today = timezone.localdate()
    last = card.editions.order_by("-number").first()
    edition = CardEdition.objects.create(
        card=card,
        number=last.number + 1 if last else 1,
        snapshot=content,
        valid_from=imprint.valid_from or today,
        valid_to=imprint.valid_to,
        timed=imprint.valid_to is not None or (imprint.valid_from or today) > today,
        note=imprint.note,
        author=imprint.author,
        approver=imprint.approver,
    )
    card.checked_on = today
    card.save(update_fields=["checked_on", "updated_at"])
    if card.status != ServiceCard.Status.RETIRED:
        repeat_what_is_in_force(card=card)
    return edition


@transaction.atomic
def retire(*, card: ServiceCard) -> None:
    """The public sees it no longer, the search knows at once, and who follows the feed is told."""
    now, public = timezone.now(), ServiceCard.objects.exclude(status=ServiceCard.Status.RETIRED)
    public.filter(pk=card.pk).update(
        status=ServiceCard.Status.RETIRED, updated_at=now, turned_at=now
    )
    index_cards([card])


@transaction.atomic
def repeat_what_is_in_force(*, card: ServiceCard) -> None:
    """Let the columns, and the search, say what applies today."""
    if card.status == ServiceCard.Status.RETIRED:
        card.turned_at = timezone.now()
    for name, value in (said := _in_force(card)).items():
        setattr(card, name, value)
    card.save(update_fields=[*said, "turned_at", "updated_at"])
    index_cards([card])


def out_of_date() -> list[ServiceCard]:
    """Cards whose columns do not say what applies today: an edition has begun, or is over."""
    public = ServiceCard.objects.exclude(status=ServiceCard.Status.RETIRED)
    timed = public.filter(editions__timed=True).distinct()
    return [
        card
        for card in timed
        if any(getattr(card, name) != value for name, value in _in_force(card).items())
    ]


def _in_force(card: ServiceCard) -> dict[str, Any]:
    """What the columns are to say today. Only what applies is public."""
    edition = card.edition_in_force()
    if edition is None:
        return {"status": ServiceCard.Status.DRAFT}
    return {
        "status": ServiceCard.Status.PUBLISHED,
        "parent_id": _parent_in_force(card, edition),
        **columns_of(edition.snapshot),
    }


def _parent_in_force(card: ServiceCard, edition: CardEdition) -> int | None:
    """None where what was sound when it was published no longer is when it begins."""
    try:
        parent = parent_of(card, edition.snapshot)
    except ParentError as fault:
        logger.warning("Edition %s of %s: %s", edition.number, card.slug, fault)
        return None
    return parent.pk if parent else None


@transaction.atomic
def keep_draft(*, card: ServiceCard, content: dict[str, Any]) -> CardDraft:
    """The draft of a card now says this; begun, if there was none. For what no person wrote."""
    draft, begun = CardDraft.objects.select_for_update().get_or_create(
        card=card, defaults={"content": content}
    )
    if not begun and draft.content != content:
        draft.content, draft.version = content, draft.version + 1
        draft.state, draft.saved_at = CardDraft.State.WRITING, timezone.now()
        draft.save()
    return draft


def working_copy(card: ServiceCard) -> dict[str, Any]:
    """The form as it stands to be published next: the draft's, where there is one."""
    draft = draft_of(card)
    return draft.content if draft else snapshot_of(card)


def snapshot_of(card: ServiceCard) -> dict[str, Any]:
    """The whole form, columns and content, as one mapping."""
    return {
        **card.content,
        "title": {"fa": card.title_fa, "en": card.title_en},
        "description": {"fa": card.description_fa, "en": card.description_en},
    }


def columns_of(form: dict[str, Any]) -> dict[str, Any]:
    """What the columns of a card repeat of its form."""
    title, description = form.get("title") or {}, form.get("description") or {}
    said: dict[str, Any] = {
        "title_fa": title.get("fa") or "",
        "title_en": title.get("en") or "",
        "description_fa": description.get("fa") or "",
        "description_en": description.get("en") or "",
        "content": form,
    }
    if keywords := form.get("keywords"):
        said["keywords"] = [*keywords.get("fa", []), *keywords.get("en", [])]
    return said
