"""What a card is known by before anything is written in it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from agency.models import Skill, Unit
from catalog.models import ServiceCard
from editorial.forms.fields import LATIN_ADDRESS, PersianField
from editorial.operations.drafting import NewCard

TAKEN = {"new", "questions"}  # Pages of the editors' own.


class NewCardForm(forms.Form):
    """A title, an address, a code; the units are those in which this person is an editor."""

    title = PersianField(label=_("Title in Persian"), max_length=200, required=True)
    slug = forms.CharField(
        label=_("Address, in Latin letters"),
        validators=[LATIN_ADDRESS],
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("For example unemployment-insurance; it never changes."),
    )
    code = forms.CharField(
        label=_("Our code"), max_length=20, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    skill = forms.ModelChoiceField(label=_("Skill"), queryset=Skill.objects.all())

    def __init__(self, editor: User, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        units: Any = self.fields["unit"]
        units.queryset = editor.units_as(Role.EDITOR)

    def clean_slug(self) -> str:
        if self.cleaned_data["slug"] in TAKEN:
            raise ValidationError(_("Another page has this address."), code="taken")
        return self._free("slug")

    def clean_code(self) -> str:
        return self._free("code")

    def new_card(self) -> NewCard:
        said = self.cleaned_data
        return NewCard(said["slug"], said["code"], said["unit"], said["skill"])

    def _free(self, name: str) -> str:
        typed = str(self.cleaned_data[name])
        if ServiceCard.objects.filter(**{name: typed}).exists():
            raise ValidationError(_("Another card has it already."), code="taken")
        return typed
