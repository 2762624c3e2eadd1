"""What a form must say before it is published, and how much of it is filled. Pure.

The official fields are those of the national form; a missing Persian title, unit, type,
description, steps or documents keeps a card from the public.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django_stubs_ext import StrPromise

from catalog.form.choices import FeeKind
from catalog.form.content import Content, Words

Filled = Callable[[Content], bool]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why this cannot be published, said at the field."""

    field: str
    message: StrPromise | str


@dataclass(frozen=True, slots=True)
class Completeness:
    """Shares, 0 to 100, of the official fields filled, and of their texts given in English."""

    filled: int
    english: int
    missing: tuple[str, ...]


def problems(content: Content) -> list[Problem]:
    """What keeps this form from being published; empty when nothing does."""
    said = [
        Problem(field, message)
        for field, (is_there, message) in REQUIRED.items()
        if not is_there(content)
    ]
    return [*said, *_of_documents(content), *_of_steps(content), *_of_fee(content)]


def completeness(content: Content) -> Completeness:
    """How much of the form is filled."""
    missing = tuple(field for field, is_there in OFFICIAL.items() if not is_there(content))
    texts = [each for each in texts_of(content) if each.fa.strip()]
    english = sum(1 for each in texts if each.en.strip())
    return Completeness(
        filled=round(100 * (len(OFFICIAL) - len(missing)) / len(OFFICIAL)),
        english=round(100 * english / len(texts)) if texts else 0,
        missing=missing,
    )


def texts_of(content: Content) -> list[Words]:
    """Every text that has a language."""
    own = [getattr(content, name) for name in BILINGUAL]
    rows: list[Words] = [
        *content.documents,
        *content.laws,
        *content.steps,
        *content.fee.items,
        *content.internal_systems,
    ]
    bodies = [each.body for each in content.external_bodies]
    notes = [content.fee.note] if content.fee.note else []
    return [*own, *rows, *bodies, *notes]


def _of_documents(content: Content) -> list[Problem]:
    if all(each.fa.strip() for each in content.documents):
        return []
    return [Problem("documents", _("Every document needs a Persian name."))]


def _of_steps(content: Content) -> list[Problem]:
    orders = [each.order for each in content.steps]
    said = []
    if not all(each.fa.strip() for each in content.steps):
        said.append(Problem("steps", _("Every step needs a Persian title.")))
    if sorted(orders) != list(range(1, len(orders) + 1)):
        said.append(Problem("steps", _("Steps are numbered 1, 2, 3 … without gaps.")))
    if any(place not in orders for each in content.steps for place in each.next):
        said.append(Problem("steps", _("A step leads to a step that does not exist.")))
    return said


def _of_fee(content: Content) -> list[Problem]:
    fee = content.fee
    amounts = [fee.amount_irr, *(each.amount_irr for each in fee.items)]
    if fee.kind == FeeKind.FIXED and not any(amounts):
        return [Problem("fee", _("A fixed fee needs an amount in rial."))]
    return []


BILINGUAL: Final = (
    "title",
    "description",
    "recipients",
    "conditions",
    "service_hours",
    "system_name",
    "output",
    "complaint",
)

REQUIRED: Final[dict[str, tuple[Filled, StrPromise]]] = {
    "title": (lambda form: bool(form.title.fa.strip()), _("A title in Persian is needed.")),
    "description": (
        lambda form: bool(form.description.fa.strip()),
        _("A description in Persian is needed."),
    ),
    "service_type": (lambda form: bool(form.service_type), _("Say whom the service is for.")),
    "documents": (
        lambda form: bool(form.documents) or form.needs_no_documents,
        _("List the documents, or say that none is needed."),
    ),
    "steps": (lambda form: bool(form.steps), _("Describe at least one step.")),
}

OFFICIAL: Final[dict[str, Filled]] = {
    gettext_noop("title"): lambda form: bool(form.title.fa.strip()),
    gettext_noop("description"): lambda form: bool(form.description.fa.strip()),
    gettext_noop("service type"): lambda form: bool(form.service_type),
    gettext_noop("recipients"): lambda form: bool(form.recipients.fa.strip()),
    gettext_noop("nature"): lambda form: form.nature is not None,
    gettext_noop("level"): lambda form: form.level is not None,
    gettext_noop("life events"): lambda form: bool(form.life_events),
    gettext_noop("start"): lambda form: form.start_mode is not None,
    gettext_noop("documents"): lambda form: bool(form.documents) or form.needs_no_documents,
    gettext_noop("laws"): lambda form: bool(form.laws),
    gettext_noop("recipients in figures"): lambda form: form.statistics.recipients is not None,
    gettext_noop("time it takes"): lambda form: bool(form.duration.value),
    gettext_noop("visits in person"): lambda form: form.in_person_visits is not None,
    gettext_noop("service hours"): lambda form: bool(form.service_hours.fa.strip()),
    gettext_noop("fee"): lambda form: (
        form.fee.kind != FeeKind.FIXED or bool(form.fee.amount_irr or form.fee.items)
    ),
    gettext_noop("address of the service"): lambda form: bool(form.url),
    gettext_noop("ways of information"): lambda form: _has_way(form, "information"),
    gettext_noop("ways of request"): lambda form: _has_way(form, "request"),
    gettext_noop("ways of production"): lambda form: _has_way(form, "production"),
    gettext_noop("ways of delivery"): lambda form: _has_way(form, "delivery"),
    gettext_noop("processes"): lambda form: bool(form.processes),
    gettext_noop("steps"): lambda form: bool(form.steps),
    gettext_noop("output"): lambda form: bool(form.output.fa.strip()),
    gettext_noop("contact"): lambda form: bool(form.contact.phone or form.contact.email),
}


def _has_way(form: Content, stage: str) -> bool:
    ways = getattr(form.channels, stage)
    return bool(ways.media) or ways.non_electronic is not None
