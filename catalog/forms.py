"""The question box."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """A question in the person's own words."""

    q = forms.CharField(
        label=_("Your question"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
