"""What becomes of a draft."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """Which act, on which version; sending back needs a reason."""

    act = forms.ChoiceField(
        choices=[(each, each) for each in ("submit", "send_back", "discard", "approve")]
    )
    version = forms.IntegerField(min_value=0)
    because = forms.CharField(required=False, max_length=500)

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("act") == "send_back" and not self.cleaned_data.get("because"):
            self.add_error("because", _("Say what has to be mended."))
