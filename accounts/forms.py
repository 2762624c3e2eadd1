"""Signing in, with patience for mistakes and none for guessing."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from persian.digits import latin_digits
from trust.network import address_of
from trust.operations import give_back_attempt, take_attempt


class SignInForm(AuthenticationForm):
    """Django's, with digits in any script and a limit of wrong tries (SECURITY.md)."""

    error_messages = {
        "invalid_login": _("This name and password do not belong together."),
        "inactive": _("This account is closed."),
        "slow_down": _("Too many wrong tries. Please wait an hour, or ask your administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Name for signing in")
        self.fields["username"].widget = forms.TextInput(
            attrs={"dir": "ltr", "autocomplete": "username", "autofocus": True}
        )
        self.fields["password"].label = _("Password")

    def clean(self) -> dict[str, Any]:
        name = latin_digits(self.cleaned_data.get("username") or "").lower()
        address = address_of(self.request) if self.request else ""
        limits = settings.LIMITS
        per_name, per_address = (
            2 * limits["tries_per_code_an_hour"],
            limits["tries_per_address_an_hour"],
        )
        if not take_attempt("sign_in", name, per_name) or not take_attempt(
            "sign_in_address", address, per_address
        ):
            raise ValidationError(self.error_messages["slow_down"], code="slow_down")
        cleaned = super().clean()
        give_back_attempt("sign_in", name)
        give_back_attempt("sign_in_address", address)
        return cleaned
