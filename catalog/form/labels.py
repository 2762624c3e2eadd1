"""The fields of the form by name, as people read them; and what a value of theirs says in words."""

from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from agency.bilingual import readers_language
from catalog.form import choices
from persian.digits import grouped

FIELDS: Final[dict[str, StrPromise]] = {
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("Description"),
    "provider": gettext_lazy("Executive body"),
    "service_type": gettext_lazy("Type of service"),
    "recipients": gettext_lazy("For whom"),
    "nature": gettext_lazy("Nature"),
    "level": gettext_lazy("Level"),
    "life_events": gettext_lazy("Life events"),
    "start_mode": gettext_lazy("How it begins"),
    "conditions": gettext_lazy("Conditions"),
    "documents": gettext_lazy("Documents"),
    "needs_no_documents": gettext_lazy("No document is needed"),
    "laws": gettext_lazy("Laws"),
    "statistics": gettext_lazy("Recipients in figures"),
    "duration": gettext_lazy("Time it takes"),
    "frequency": gettext_lazy("How often"),
    "in_person_visits": gettext_lazy("Visits in person"),
    "service_hours": gettext_lazy("Service hours"),
    "fee": gettext_lazy("Fee"),
    "url": gettext_lazy("Address of the service"),
    "system_name": gettext_lazy("Name of the system"),
    "channels": gettext_lazy("Ways of each stage"),
    "internal_systems": gettext_lazy("Systems of the agency"),
    "external_bodies": gettext_lazy("Other bodies"),
    "processes": gettext_lazy("Processes"),
    "steps": gettext_lazy("Steps"),
    "output": gettext_lazy("Result"),
    "complaint": gettext_lazy("Complaints"),
    "related": gettext_lazy("Related services"),
    "parent": gettext_lazy("Part of the service"),
    "keywords": gettext_lazy("Keywords"),
    "contact": gettext_lazy("Contact"),
}

# Parts of a field or of a row.
PARTS: Final[dict[str, StrPromise]] = {
    "fa": gettext_lazy("in Persian"),
    "en": gettext_lazy("in English"),
    "obtained_by": gettext_lazy("who brings it"),
    "required": gettext_lazy("required"),
    "form": gettext_lazy("form to fill in"),
    "articles": gettext_lazy("articles"),
    "date": gettext_lazy("date"),
    "link": gettext_lazy("link"),
    "certainty": gettext_lazy("certainty"),
    "actor": gettext_lazy("who does it"),
    "days": gettext_lazy("days"),
    "order": gettext_lazy("place"),
    "next": gettext_lazy("what follows"),
    "recipients": gettext_lazy("number"),
    "per": gettext_lazy("in each"),
    "value": gettext_lazy("number"),
    "unit": gettext_lazy("unit"),
    "kind": gettext_lazy("kind"),
    "times": gettext_lazy("times"),
    "amount_irr": gettext_lazy("amount in rial"),
    "note": gettext_lazy("note"),
    "items": gettext_lazy("amounts"),
    "accounts": gettext_lazy("accounts"),
    "e_payment": gettext_lazy("paid electronically"),
    "electronic": gettext_lazy("electronic"),
    "media": gettext_lazy("ways"),
    "non_electronic": gettext_lazy("in person"),
    "visit_level": gettext_lazy("where"),
    "reasons": gettext_lazy("why"),
    "exchanged": gettext_lazy("what is exchanged"),
    "mode": gettext_lazy("how"),
    "body": gettext_lazy("body"),
    "system": gettext_lazy("system"),
    "paid": gettext_lazy("at a charge"),
    "executive_body": gettext_lazy("executive body"),
    "parent_body": gettext_lazy("parent body"),
    "filled_by": gettext_lazy("filled in by"),
    "phone": gettext_lazy("phone"),
    "email": gettext_lazy("e-mail"),
    "information": gettext_lazy("information"),
    "request": gettext_lazy("request"),
    "production": gettext_lazy("production"),
    "delivery": gettext_lazy("delivery"),
}

# Which list a coded value comes from, by the last part of its path.
LISTS: Final[dict[str, type[TextChoices]]] = {
    "service_type": choices.ServiceType,
    "nature": choices.Nature,
    "level": choices.Level,
    "life_events": choices.LifeEvent,
    "start_mode": choices.StartMode,
    "obtained_by": choices.ObtainedBy,
    "certainty": choices.Certainty,
    "actor": choices.Actor,
    "unit": choices.DurationUnit,
    "per": choices.Period,
    "media": choices.Medium,
    "visit_level": choices.VisitLevel,
    "reasons": choices.VisitReason,
    "mode": choices.ExchangeMode,
}


def in_words(value: Any, name: str, within: str = "") -> str:
    """What a plain value of field `name` says; `within` is the field that it is a part of."""
    if value is None or value in ("", []):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return _(", ").join(in_words(each, name, within) for each in value)
    if name == "kind":
        listed = choices.FrequencyKind if within == "frequency" else choices.FeeKind
        return str(listed(value).label)
    if name in LISTS and value in LISTS[name].values:
        return str(LISTS[name](value).label)
    return grouped(value, readers_language()) if isinstance(value, int) else str(value)
