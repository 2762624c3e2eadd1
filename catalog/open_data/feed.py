"""What changed lately, as Atom: an entry for each edition.

Atom and not JSON Feed, because that is what catalogues of public services and of law are followed
by (DCAT portals, INSPIRE, gazettes), and every feed reader knows it. Older entries are reached by
`rel="next"` (RFC 5005), so that a follower who was away misses nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from agency.bilingual import localized_mapping
from catalog.models import CardEdition
from catalog.open_data.addresses import Addresses

PAGE = 100


class PagedFeed(Atom1Feed):
    """Atom with a way to the page before this one in time."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if older := self.feed.get("older"):
            handler.addQuickElement("link", "", {"rel": "next", "href": older})

    def latest_post_date(self) -> datetime:
        changed: datetime | None = self.feed.get("changed")
        return changed or super().latest_post_date()


def feed(editions: Sequence[CardEdition], at: Addresses, place: dict[str, Any]) -> str:
    """One page of the feed; `place` says its language, its agency and what is beside it."""
    language = place["language"]
    root = PagedFeed(
        title=_("Changes of the service cards of %(agency)s") % {"agency": place["agency"].name},
        link=at.at("/en/services/" if language == "en" else "/services/"),
        description=None,
        language=language,
        author_name=place["agency"].name,
        feed_url=at.at(place["path"]),
        feed_guid=at.thing("catalogue"),
        older=at.at(place["older"]) if place["older"] else None,
        changed=place["changed"],
    )
    for each in editions:
        _add(root, each, at, language)
    return str(root.writeString("utf-8"))


def _add(root: PagedFeed, edition: CardEdition, at: Addresses, language: str) -> None:
    card, said = edition.card, edition.snapshot
    root.add_item(
        title=localized_mapping(said.get("title")) or card.title,
        link=at.page(card.slug, language),
        description=escape(localized_mapping(said.get("description")) or card.description),
        unique_id=at.edition(card.slug, edition.number),
        pubdate=edition.published_at,
        updateddate=edition.published_at,
        categories=[card.unit.title],
    )
