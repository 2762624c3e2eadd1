"""What changed lately, as Atom: an entry for each edition, a tombstone for each that went.

Atom and not JSON Feed, because that is what catalogues of public services and of law are followed
by (DCAT portals, INSPIRE, gazettes), and every feed reader knows it. Older entries are reached by
`rel="next"` (RFC 5005), so that a follower who was away misses nothing. When a card is retired its
entries become tombstones (`at:deleted-entry`, RFC 6721), so that whoever keeps copies lets them go.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from agency.bilingual import localized_mapping
from catalog.open_data.addresses import Addresses
from catalog.open_data.published import Change

PAGE = 100
# What XML 1.0 has no way to write: one such letter in one old edition would end the whole feed.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class PagedFeed(Atom1Feed):
    """Atom with a way to the page before this one in time, and with tombstones."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:at": "http://purl.org/atompub/tombstones/1.0"}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if older := self.feed.get("older"):
            handler.addQuickElement("link", "", {"rel": "next", "href": older})
        for name, moment, why in self.feed["gone"]:
            stone = AttributesImpl({"ref": name, "when": rfc3339_date(moment)})
            handler.startElement("at:deleted-entry", stone)
            handler.addQuickElement("at:comment", why)
            handler.endElement("at:deleted-entry")

    def latest_post_date(self) -> datetime:
        changed: datetime | None = self.feed.get("changed")
        return changed or super().latest_post_date()


def feed(changes: Sequence[Change], at: Addresses, place: dict[str, Any]) -> str:
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
        gone=[_gone(each, at) for each in changes if each.is_gone],
    )
    for each in changes:
        if not each.is_gone:
            _add(root, each, at, language)
    return str(root.writeString("utf-8"))


def _add(root: PagedFeed, change: Change, at: Addresses, language: str) -> None:
    edition = change.edition
    card, said = edition.card, edition.snapshot
    root.add_item(
        title=_writable(localized_mapping(said.get("title")) or card.title),
        link=at.page(card.slug, language),
        description=escape(
            _writable(localized_mapping(said.get("description")) or card.description)
        ),
        unique_id=at.edition(card.slug, edition.number),
        pubdate=edition.published_at,
        updateddate=change.moment,
        categories=[card.unit.title],
    )


def _gone(change: Change, at: Addresses) -> tuple[str, datetime, str]:
    """The name of the entry that went, when, and why."""
    card = change.edition.card
    why = _("“%(title)s” is offered no longer.") % {"title": _writable(card.title)}
    return at.edition(card.slug, change.edition.number), change.moment, why


def _writable(text: str) -> str:
    return UNWRITABLE.sub("", text)
