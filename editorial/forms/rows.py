"""The rows of the form: documents, laws, steps, amounts, systems, bodies."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from catalog.form import choices
from editorial.forms.fields import EnglishField, PersianField, PlacesField, WebField, WholeField
from editorial.forms.paths import flat, nested

SPARE: Final = 1  # Empty rows that a page without a script offers.
MOST: Final = 60

LTR = {"dir": "ltr"}


class RowForm(forms.Form):
    """One row; empty ones are no rows."""

    fa = PersianField(label=_("In Persian"), max_length=1_000)
    en = EnglishField(label=_("In English"), max_length=1_000)

    def row(self) -> dict[str, Any] | None:
        """The row as the content keeps it; None for an empty one or one taken out."""
        if not self.has_changed() and not self.initial:
            return None
        said = {name: value for name, value in self.cleaned_data.items() if name not in OURS}
        return None if self.cleaned_data.get("DELETE") or not _says(said) else nested(said)


OURS = {"DELETE", "ORDER"}


def _says(said: Mapping[str, Any]) -> bool:
    return any(said.get(name) for name in ("fa", "en", "body__fa", "body__en"))


class DocumentForm(RowForm):
    code = forms.CharField(required=False, widget=forms.HiddenInput)
    obtained_by = forms.ChoiceField(label=_("Who brings it"), choices=choices.ObtainedBy)
    required = forms.BooleanField(label=_("Required"), required=False, initial=True)
    form = WebField(label=_("Form to fill in"))


class LawForm(RowForm):
    code = forms.CharField(required=False, widget=forms.HiddenInput)
    articles = forms.CharField(label=_("Articles"), required=False, max_length=300)
    date = forms.RegexField(
        r"^\d{4}(/\d{1,2}(/\d{1,2})?)?$",
        label=_("Date"),
        required=False,
        widget=forms.TextInput(LTR),
        error_messages={"invalid": _("Write a year or a day, such as 1369 or 1369/6/26.")},
    )
    link = WebField(label=_("Link"))
    certainty = forms.ChoiceField(label=_("Certainty"), choices=choices.Certainty)


class StepForm(RowForm):
    actor = forms.ChoiceField(label=_("Who does it"), choices=choices.Actor)
    days = WholeField(label=_("Days"))
    next = PlacesField(label=_("Leads to steps (if not to the one below)"))


class FeeItemForm(RowForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=choices.FeeKind, initial="fixed")
    amount_irr = WholeField(label=_("Amount in rial"))


class SystemForm(RowForm):
    exchanged = forms.CharField(label=_("What is exchanged"), required=False, max_length=300)
    mode = forms.ChoiceField(label=_("How"), choices=choices.ExchangeMode)


class BodyForm(RowForm):
    fa = None  # type: ignore[assignment]
    en = None  # type: ignore[assignment]
    body__fa = PersianField(label=_("In Persian"), max_length=300)
    body__en = EnglishField(label=_("In English"), max_length=300)
    system = forms.CharField(label=_("System"), required=False, max_length=300)
    exchanged = forms.CharField(label=_("What is exchanged"), required=False, max_length=300)
    mode = forms.ChoiceField(label=_("How"), choices=choices.ExchangeMode)
    paid = forms.BooleanField(label=_("At a charge"), required=False)
    amount_irr = WholeField(label=_("Amount in rial"))


class Rows(BaseFormSet[RowForm]):
    """All rows of one field, in the order that the editor gave them."""

    def rows(self) -> list[dict[str, Any]]:
        placed = [form for form in self.forms if form.row() is not None]
        placed.sort(key=lambda form: form.cleaned_data.get("ORDER") or MOST)
        return [row for form in placed if (row := form.row()) is not None]


KINDS: Final[dict[str, type[RowForm]]] = {
    "documents": DocumentForm,
    "laws": LawForm,
    "steps": StepForm,
    "fee__items": FeeItemForm,
    "internal_systems": SystemForm,
    "external_bodies": BodyForm,
}

_sets: Final[dict[str, type[Any]]] = {
    name: formset_factory(
        kind, formset=Rows, extra=SPARE, max_num=MOST, can_delete=True, can_order=True
    )
    for name, kind in KINDS.items()
}


def rows_of(name: str, initial: list[dict[str, Any]], data: Any = None) -> Rows:
    """The rows of field `name`."""
    begun = [flat(row, KINDS[name].base_fields) for row in initial]
    rows: Rows = _sets[name](data, initial=begun, prefix=name)
    return rows
