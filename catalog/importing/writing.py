"""Proposals into the database, some hundreds at a time.

A card is known again by its national id, its code or its address. What is new becomes a draft; of a
known card only the working copy changes, and of a published one nothing else: what the public
reads is its edition, and stays.
"""

import re
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.models import Skill, Topic, Unit
from catalog.importing.known import Known, address_of, keys_of, made_up_code, parents_first
from catalog.importing.merging import laid_over
from catalog.importing.own import form_in, words_in
from catalog.importing.rows import (
    Progress,
    Proposal,
    Refusal,
    RefusedError,
    Report,
)
from catalog.importing.slugs import free_slug
from catalog.models import ServiceCard, draft_of
from catalog.operations import columns_of, keep_draft, working_copy
from catalog.parents import PARENTS, Above, ParentError, insist_on_parent
from trust import locks
from trust.patience import think_as_long_as_it_takes

BATCH = 500
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,100}")
TITLE, NATIONAL_ID = 200, range(8, 14)
WRITTEN = (
    "title_fa",
    "title_en",
    "description_fa",
    "description_en",
    "content",
    "keywords",
    "parent",
    "unit",
    "skill",
    "updated_at",
)


@dataclass(frozen=True, slots=True)
class Defaults:
    """Whose a card is where its row does not say."""

    unit: str = ""
    skill: str = ""


def write(
    proposals: list[Proposal],
    report: Report,
    *,
    defaults: Defaults,
    all_or_nothing: bool,
    progress: Progress,
) -> None:
    """Bring the proposals in and count them in `report`."""
    with transaction.atomic() if all_or_nothing else nullcontext():
        desk, remaining = Desk(defaults, report), iter(parents_first(proposals))
        desk.hear(proposals)
        while batch := list(islice(remaining, BATCH)):
            with transaction.atomic():
                think_as_long_as_it_takes()
                locks.take_for("import of cards")
                locks.take_for(PARENTS)
                desk.take_in(batch)
            progress(max(each.line for each in batch), proposals[-1].line)
        if all_or_nothing and report.refused:
            transaction.set_rollback(True)
            report.created = report.changed = 0
            report.undone = True


class Desk:
    """Where proposals are looked up, compared and written."""

    def __init__(self, defaults: Defaults, report: Report) -> None:
        self.report = report
        self.defaults = defaults
        self.units = {each.code: each for each in Unit.objects.all()}
        self.skills = {each.code: each for each in Skill.objects.all()}
        self.topics = {each.code: each for each in Topic.objects.all()}
        self.lines: dict[tuple[str, str], int] = {}
        self.parents: dict[str, str | None] = {}  # As the file wants them.

    def hear(self, proposals: list[Proposal]) -> None:
        """What each row of the whole file says that it is a part of."""
        said = (each for each in proposals if each.whole or "parent" in each.form)
        self.parents = {address_of(each): each.form.get("parent") for each in said}

    def take_in(self, batch: list[Proposal]) -> None:
        known = Known()
        checked = [each for each in batch if self._is_sound(each, known)]
        cards = _cards(known.find(each) for each in checked)
        begun: list[tuple[ServiceCard, Proposal]] = []
        changed: list[ServiceCard] = []
        for each in checked:
            pk = known.find(each)
            if not self._has_its_parent(each, known):
                continue
            if pk is None:
                begun += self._begin(each, known)
            elif not self._change(cards[pk], each):
                self.report.unchanged += 1
            elif not _is_the_editors(cards[pk]):
                changed.append(cards[pk])
                known.above[cards[pk].slug] = cards[pk].content["parent"]
        self._save(begun, changed, known)

    # --- What is sound ---

    def _is_sound(self, each: Proposal, known: Known) -> bool:
        try:
            self._check(each)
            self._check_once(each)
            if known.find(each) is None:
                self._of(self.units, each.unit or self.defaults.unit, _("unit"))
                self._of(self.skills, each.skill or self.defaults.skill, _("skill"))
        except RefusedError as refused:
            self.report.refused.append(Refusal(each.line, str(refused)))
            return False
        return True

    def _check(self, each: Proposal) -> None:
        if len(each.title) > TITLE or len(each.form["title"].get("en", "")) > TITLE:
            raise RefusedError(_("The title is longer than 200 letters."))
        if each.national_id and not (
            each.national_id.isascii()
            and each.national_id.isdigit()
            and len(each.national_id) in NATIONAL_ID
        ):
            raise RefusedError(_("A national service id has 8 to 13 digits."))
        if each.code and len(each.code) > 20:
            raise RefusedError(_("The code is longer than 20 letters."))
        if each.slug and not SLUG.fullmatch(each.slug):
            raise RefusedError(_("An address has Latin letters, digits and hyphens only."))
        if each.unit:
            self._of(self.units, each.unit, _("unit"))
        if each.skill:
            self._of(self.skills, each.skill, _("skill"))
        for code in each.topics or []:
            self._of(self.topics, code, _("topic"))

    def _of(self, among: dict[str, Any], code: str, what: str) -> None:
        if not code:
            raise RefusedError(_("The %(what)s is missing.") % {"what": what})
        if code not in among:
            said = {"what": what, "code": code}
            raise RefusedError(_("There is no %(what)s “%(code)s”.") % said)

    def _check_once(self, each: Proposal) -> None:
        """The second of two rows about one card is refused: which of them is right?"""
        keys = keys_of(each)
        for key in keys:
            if key in self.lines:
                said = {"value": key[1], "line": self.lines[key]}
                raise RefusedError(_("“%(value)s” stands in line %(line)s already.") % said)
        self.lines |= dict.fromkeys(keys, each.line)

    def _has_its_parent(self, each: Proposal, known: Known) -> bool:
        """Whether what it is a part of is there by now, and no part of it in its turn."""
        parent = each.form.get("parent")
        if not parent:
            return True
        try:
            for above in (self._wanted_above(known), known.above.__getitem__):
                insist_on_parent(parent, of=address_of(each), above=above)
        except ParentError as fault:
            self.report.refused.append(Refusal(each.line, str(fault)))
            return False
        return True

    def _wanted_above(self, known: Known) -> Above:
        wanted = self.parents
        return lambda address: wanted[address] if address in wanted else known.above[address]

    # --- What becomes of it ---

    def _begin(self, each: Proposal, known: Known) -> list[tuple[ServiceCard, Proposal]]:
        """A new card; none where a row before it has been given what this one is called."""
        slug = each.slug or free_slug(address_of(each), known.slugs)
        code = each.code or made_up_code(each, slug, known.codes)
        if slug in known.slugs or code in known.codes:
            reason = _("Another card is called “%(value)s” already.") % {"value": each.slug or code}
            self.report.refused.append(Refusal(each.line, reason))
            return []
        card = ServiceCard(
            slug=slug,
            code=code,
            national_id=each.national_id or None,
            sample=each.sample,
            unit=self.units[each.unit or self.defaults.unit],
            skill=self.skills[each.skill or self.defaults.skill],
        )
        _say(card, form_in(each.form), each.words)
        known.slugs.add(slug)
        known.codes.add(code)
        known.above[slug] = card.content["parent"]
        self.report.created += 1
        return [(card, each)]

    def _change(self, card: ServiceCard, each: Proposal) -> bool:
        """Whether the card says something else now."""
        before = form_in(working_copy(card))
        form = form_in(each.form if each.whole else laid_over(before, each.form))
        words = each.words if each.words is not None or each.whole else _own_words(card, before)
        if _is_the_editors(card):
            different = form != before
            if different:
                keep_draft(card=card, content=form)
        else:
            different = form != before or (words or words_in(form)) != card.keywords
            if different:
                _say(card, form, words)
            different = self._move(card, each) or different
        self.report.changed += different
        return different

    def _move(self, card: ServiceCard, each: Proposal) -> bool:
        """Another unit, skill or topics, for a card that nobody works with yet."""
        before = (card.unit_id, card.skill_id)
        card.unit = self.units[each.unit] if each.unit else card.unit
        card.skill = self.skills[each.skill] if each.skill else card.skill
        moved = (card.unit_id, card.skill_id) != before
        if each.topics is not None and {t.code for t in card.topics.all()} != set(each.topics):
            card.topics.set(self.topics[code] for code in each.topics)
            return True
        return moved

    def _save(
        self,
        begun: list[tuple[ServiceCard, Proposal]],
        changed: list[ServiceCard],
        known: Known,
    ) -> None:
        known.add(ServiceCard.objects.bulk_create([card for card, _each in begun]))
        ServiceCard.topics.through.objects.bulk_create(
            ServiceCard.topics.through(servicecard_id=card.pk, topic_id=self.topics[code].pk)
            for card, each in begun
            for code in dict.fromkeys(each.topics or [])
        )
        parts = [card for card, _each in begun if card.content["parent"]]
        for card in [*parts, *changed]:
            card.parent_id = known.at(card.content["parent"])
            card.updated_at = timezone.now()
        ServiceCard.objects.bulk_update(parts, ["parent"], batch_size=100)
        if changed:
            ServiceCard.objects.bulk_update(changed, WRITTEN, batch_size=100)


def _cards(pks: Iterable[int | None]) -> dict[int, ServiceCard]:
    wanted = [pk for pk in pks if pk is not None]
    cards = ServiceCard.objects.select_related("draft").prefetch_related("topics")
    return cards.in_bulk(wanted)


def _own_words(card: ServiceCard, form: dict[str, Any]) -> list[str] | None:
    """The words of the search that somebody gave the card beside its form."""
    return card.keywords if card.keywords != words_in(form) else None


def _is_the_editors(card: ServiceCard) -> bool:
    """Whether it is written by people by now: then a file changes their draft, nothing else."""
    return card.status == ServiceCard.Status.PUBLISHED or draft_of(card) is not None


def _say(card: ServiceCard, form: dict[str, Any], words: list[str] | None) -> None:
    said = columns_of(form) | ({"keywords": words} if words else {})
    for name, value in said.items():
        setattr(card, name, value)
