"""The whole form of a card on one page, and the rows in it."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from msgspec import convert

from catalog.form import choices
from catalog.form.content import Duration, iso8601, read
from editorial.forms.fields import (
    LATIN_ADDRESS,
    LONG,
    DayField,
    EnglishField,
    LinesField,
    PersianField,
    SlugsField,
    WebField,
    WholeField,
)
from editorial.forms.paths import flat, nested
from editorial.forms.rows import KINDS, Rows, rows_of
from editorial.operations.drafting import Written

BLANK: Final = ("", "—")
# Beside the form itself: what is said of the edition.
OF_EDITION: Final = ("note", "valid_from", "valid_to", "version")


def _long(field: type[Any], label: Any, most: int = 4_000) -> Any:
    return field(label=label, max_length=most, widget=forms.Textarea(attrs={**LONG}))


def _one_of(label: Any, listed: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[BLANK, *listed.choices], required=False)


def _some_of(label: Any, listed: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=listed, required=False, widget=forms.CheckboxSelectMultiple
    )


class CardForm(forms.Form):
    """All that is no row. Names are paths into the content (`editorial.forms.paths`)."""

    title__fa = PersianField(label=_("In Persian"), max_length=200)
    title__en = EnglishField(label=_("In English"), max_length=200)
    description__fa = _long(PersianField, _("In Persian"))
    description__en = _long(EnglishField, _("In English"))
    provider__executive_body__fa = PersianField(label=_("Body in Persian"), max_length=300)
    provider__executive_body__en = EnglishField(label=_("Body in English"), max_length=300)
    provider__parent_body__fa = PersianField(label=_("Parent body in Persian"), max_length=300)
    provider__parent_body__en = EnglishField(label=_("Parent body in English"), max_length=300)
    service_type = _some_of(_("Type of service"), choices.ServiceType)
    recipients__fa = PersianField(label=_("In Persian"), max_length=300)
    recipients__en = EnglishField(label=_("In English"), max_length=300)
    nature = _one_of(_("Nature"), choices.Nature)
    level = _one_of(_("Level"), choices.Level)
    life_events = _some_of(_("Life events"), choices.LifeEvent)
    start_mode = _one_of(_("How it begins"), choices.StartMode)
    conditions__fa = _long(PersianField, _("In Persian"))
    conditions__en = _long(EnglishField, _("In English"))
    needs_no_documents = forms.BooleanField(label=_("No document is needed"), required=False)
    statistics__recipients = WholeField(label=_("People served"))
    statistics__per = forms.ChoiceField(label=_("In each"), choices=choices.Period, initial="year")
    duration__value = WholeField(label=_("Time it takes"))
    duration__unit = forms.ChoiceField(label=_("Unit"), choices=choices.DurationUnit)
    frequency__kind = forms.ChoiceField(label=_("How often"), choices=choices.FrequencyKind)
    frequency__times = WholeField(label=_("Times"))
    frequency__per = _one_of(_("In each"), choices.Period)
    in_person_visits = WholeField(label=_("Visits in person"))
    service_hours__fa = PersianField(label=_("In Persian"), max_length=300)
    service_hours__en = EnglishField(label=_("In English"), max_length=300)
    fee__kind = forms.ChoiceField(label=_("Fee"), choices=choices.FeeKind)
    fee__amount_irr = WholeField(label=_("Amount in rial"))
    fee__note__fa = PersianField(label=_("Note in Persian"), max_length=500)
    fee__note__en = EnglishField(label=_("Note in English"), max_length=500)
    fee__accounts = LinesField(label=_("Accounts, one a line"))
    fee__e_payment = forms.BooleanField(label=_("Can be paid electronically"), required=False)
    url = WebField(label=_("Address of the service"))
    system_name__fa = PersianField(label=_("In Persian"), max_length=300)
    system_name__en = EnglishField(label=_("In English"), max_length=300)
    processes = LinesField(label=_("Processes, one a line"))
    output__fa = _long(PersianField, _("In Persian"), 1_000)
    output__en = _long(EnglishField, _("In English"), 1_000)
    complaint__fa = _long(PersianField, _("In Persian"), 1_000)
    complaint__en = _long(EnglishField, _("In English"), 1_000)
    related = SlugsField(label=_("Addresses of related services, one a line"))
    parent = forms.CharField(
        label=_("Address of the service that this is a part of"),
        required=False,
        validators=[LATIN_ADDRESS],
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    keywords__fa = LinesField(label=_("In Persian, one a line"))
    keywords__en = LinesField(label=_("In English, one a line"))
    contact__filled_by = forms.CharField(label=_("Filled in by"), required=False, max_length=300)
    contact__phone = forms.CharField(label=_("Phone"), required=False, max_length=300)
    contact__email = forms.EmailField(label=_("E-mail"), required=False)
    note = forms.CharField(
        label=_("What is new in this edition"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    valid_from = DayField(label=_("Valid from"))
    valid_to = DayField(label=_("Valid to"))
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean(self) -> None:
        super().clean()
        begins, ends = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error(
                "valid_to", ValidationError(_("This is before it begins."), code="order")
            )


def _with_ways(form: type[CardForm]) -> None:
    """The four stages of section 6 have the same fields."""
    for stage in choices.Stage:
        media = (
            choices.PRODUCTION_MEDIA if stage == choices.Stage.PRODUCTION else choices.PUBLIC_MEDIA
        )
        listed = [(each.value, each.label) for each in media]
        name = f"channels__{stage.value}"
        form.base_fields[f"{name}__media"] = _some_of(_("Electronically"), listed)
        form.base_fields[f"{name}__non_electronic__visit_level"] = _one_of(
            _("In person, at this level"), choices.VisitLevel
        )
        form.base_fields[f"{name}__non_electronic__reasons"] = _some_of(
            _("Because"), choices.VisitReason
        )


_with_ways(CardForm)


class FilledForm:
    """What one page holds: the fields, and the rows by field."""

    def __init__(self, content: dict[str, Any], initial: dict[str, Any], data: Any = None) -> None:
        self._content = content
        said = flat(content, CardForm.base_fields) | initial
        self.card = CardForm(data, initial={k: v for k, v in said.items() if v is not None})
        self.rows = {
            name: rows_of(name, flat(content, {name: None})[name] or [], data) for name in KINDS
        }

    def is_valid(self) -> bool:
        every: list[CardForm | Rows] = [self.card, *self.rows.values()]
        return not [each for each in every if not each.is_valid()]  # Each says what is wrong.

    @property
    def stages(self) -> list[dict[str, Any]]:
        """The fields of each stage, under its name."""
        fields = [field for field in self.card if field.name.startswith("channels__")]
        return [
            {
                "label": stage.label,
                "fields": [each for each in fields if f"__{stage.value}__" in each.name],
            }
            for stage in choices.Stage
        ]

    @property
    def errors(self) -> int:
        return len(self.card.errors) + sum(rows.total_error_count() for rows in self.rows.values())

    def written(self) -> Written:
        """All of it, for a draft; `msgspec.ValidationError` if it is no form after all."""
        said = self.card.cleaned_data
        fields = {name: value for name, value in said.items() if name not in OF_EDITION}
        content = nested(fields | {name: rows.rows() for name, rows in self.rows.items()})
        kept = {**self._content, **_made_whole(content)}
        read(kept)
        return Written(kept, said["note"], said["valid_from"], said["valid_to"])


def _made_whole(content: dict[str, Any]) -> dict[str, Any]:
    """Empty choices are none; steps are numbered; what is derived is."""
    for name in ("nature", "level", "start_mode", "parent"):
        content[name] = content[name] or None
    content["frequency"]["per"] = content["frequency"]["per"] or None
    note = content["fee"]["note"]
    content["fee"]["note"] = note if any(note.values()) else None
    for place, step in enumerate(content["steps"], 1):
        step["order"] = place
    for ways in content["channels"].values():
        visit = ways["non_electronic"]
        ways["non_electronic"] = visit if visit["visit_level"] else None
        ways["electronic"] = bool(ways["media"])
    content["duration"]["iso8601"] = iso8601(convert(content["duration"], Duration))
    return content
