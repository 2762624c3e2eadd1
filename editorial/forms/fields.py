"""Fields that read what people type: Persian digits, Jalali days, a text with a thing a line."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from persian.digits import latin_digits, ungrouped
from persian.jalali import parse_jalali, typed_jalali
from persian.text import clean_input, persian_editorial

LONG = {"rows": 3}
LONGEST_LINE = 300
MOST_STEPS = 99
LATIN_ADDRESS = RegexValidator(
    r"^[-a-zA-Z0-9_]{1,100}\Z", _("Only Latin letters, digits, - and _ go here."), "invalid"
)
NUMERIC = {"inputmode": "numeric", "dir": "ltr", "class": "input short"}


class PersianField(forms.CharField):
    """A text in Persian: Persian letters, single spaces."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", forms.TextInput)
        more.setdefault("required", False)
        super().__init__(**more)
        self.widget.attrs |= {"dir": "rtl", "lang": "fa"}

    def clean(self, value: Any) -> Any:
        return super().clean(_by_line(value, persian_editorial))


class EnglishField(forms.CharField):
    """The same text in English; it may be missing."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", forms.TextInput)
        super().__init__(required=False, **more)
        self.widget.attrs |= {"dir": "ltr", "lang": "en"}

    def clean(self, value: Any) -> Any:
        return super().clean(_by_line(value, clean_input))


def _by_line(value: Any, cleaned: Any) -> str:
    return "\n".join(cleaned(line) for line in str(value or "").splitlines())


class LinesField(forms.CharField):
    """A list, a thing a line."""

    default_error_messages = {"long": _("At most 300 letters a line.")}

    def __init__(self, **more: Any) -> None:
        super().__init__(
            required=False, widget=forms.Textarea(attrs={**LONG, "dir": "auto"}), **more
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [clean_input(line) for line in super().clean(value).splitlines()]
        if any(len(line) > LONGEST_LINE for line in lines):
            raise ValidationError(self.error_messages["long"], code="long")
        return [line for line in lines if line]


class SlugsField(LinesField):
    """Addresses of cards, one a line."""

    def clean(self, value: Any) -> Any:
        slugs = super().clean(value)
        for each in slugs:
            LATIN_ADDRESS(each)
        return slugs


class WebField(forms.URLField):
    """An address on the web, as the form of a card takes it."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **more: Any) -> None:
        typed = forms.URLInput(attrs={"dir": "ltr"})
        super().__init__(
            required=False, max_length=500, assume_scheme="https", widget=typed, **more
        )


class WholeField(forms.IntegerField):
    """A whole number in any of the three digit sets; thousands may be parted. None if empty."""

    def __init__(self, **more: Any) -> None:
        typed = forms.TextInput(
            attrs={"inputmode": "numeric", "dir": "ltr", "class": "input short"}
        )
        super().__init__(required=False, min_value=0, max_value=10**15, widget=typed, **more)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = ungrouped(value)
        return super().to_python(value)


class DayField(forms.CharField):
    """A Jalali day: 1405/9/1 or ۱۴۰۵-۰۹-۰۱. None if empty."""

    default_error_messages = {"invalid": _("Write a day such as 1405/9/1.")}

    def __init__(self, **more: Any) -> None:
        typed = forms.TextInput(
            attrs={"inputmode": "numeric", "dir": "ltr", "class": "input short"}
        )
        super().__init__(required=False, widget=typed, **more)

    def prepare_value(self, value: Any) -> Any:
        return typed_jalali(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_jalali(typed)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class PlacesField(forms.CharField):
    """Numbers of steps, parted by anything; empty if there are none."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput(attrs={**NUMERIC}), **more)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        places = [int(each) for each in re.findall(r"\d{1,9}", latin_digits(super().clean(value)))]
        if any(not 1 <= each <= MOST_STEPS for each in places):
            raise ValidationError(_("Steps are numbered from 1 to 99."), code="invalid")
        return places
