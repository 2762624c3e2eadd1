"""What an editor is done with."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from editorial.models import Settlement


class SettlingForm(forms.Form):
    """One button: its name is what becomes of the questions, its value their numbers."""

    answered = forms.CharField(required=False)
    not_for_card = forms.CharField(required=False)
    reopen = forms.CharField(required=False)

    def clean(self) -> None:
        super().clean()
        try:
            self.chosen()
        except (ValueError, StopIteration) as fault:
            raise ValidationError("", code="nothing") from fault

    def chosen(self) -> tuple[Settlement.Kind | None, list[UUID]]:
        """What becomes of which; None: they are open again."""
        name, said = next((name, said) for name, said in self.cleaned_data.items() if said)
        kind = None if name == "reopen" else Settlement.Kind(name)
        return kind, [UUID(each) for each in said.split()]
