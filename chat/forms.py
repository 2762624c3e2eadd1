"""What may be typed into a conversation through a page."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import ServiceCard
from chat.frames import FIELDS
from chat.posts import MAX_LENGTH
from live.words import REFUSALS
from persian.text import clean_input


class WordsField(forms.CharField):
    """What people write: cleaned first, then measured, so that no browser's line breaks count."""

    def to_python(self, value: Any) -> str:
        return clean_input(super().to_python(value) or "")


class OutboxForm(forms.Form):
    """A place in an outbox: it makes a double click harmless."""

    stream = forms.CharField(max_length=36, widget=forms.HiddenInput)
    n = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls) -> Any:
        """An empty form with a stream of its own: one message."""
        initial = {"stream": str(uuid.uuid4()), "n": 1, "client_id": uuid.uuid4()}
        return cls(initial=initial)


class MessageForm(OutboxForm):
    """One message, posted without a script."""

    text = WordsField(
        label=_("Your message"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 1, "dir": "auto"}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _("A message has at most 4,000 characters. Send it in two parts."),
        },
    )

    def refuse(self, code: str) -> None:
        """Say at the field why the ledger did not take it."""
        self.add_error("text", ValidationError(_(REFUSALS[code]), code=code))


class CiteForm(OutboxForm):
    """A card, or one field of it, cited with an optional word."""

    card = forms.ModelChoiceField(ServiceCard.objects.published(), to_field_name="slug")
    field = forms.ChoiceField(choices=[(key, key) for key in FIELDS], required=False)
    text = WordsField(max_length=MAX_LENGTH, required=False)


class RevealForm(forms.Form):
    """Why somebody wants to see what a mask covers; written to the log."""

    reason = forms.CharField(
        label=_("Why do you need it?"),
        max_length=150,
        error_messages={"required": _("Say why; it is written to the log.")},
    )
