"""What citizens and the desk type: questions, feedback, tickets, follow-ups."""

from typing import Any, Self
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agency.bilingual import readers_language
from agency.models import Topic, Unit
from catalog.models import ServiceCard
from chat.forms import WordsField
from chat.frames import FIELDS
from chat.posts import MAX_LENGTH
from consult.models import NO_CARD, Consultation
from consult.operations.holding import LONGEST, REASON_LENGTH
from consult.operations.transferring import Handover
from desk.models import Ticket
from persian.digits import latin_digits
from persian.identifiers import mobile_e164

LANGUAGES = [("fa", "فارسی"), ("en", "English")]
TOO_LONG = _("This has at most 4,000 characters. Please shorten it.")


class AskForm(forms.Form):
    """A question, for a counsellor or for the desk; the same fields, so nothing is retyped."""

    question = WordsField(
        label=_("Your question"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": _("Write your question."), "max_length": TOO_LONG},
    )
    topic = forms.ModelChoiceField(
        label=_("What is it about?"),
        queryset=Topic.objects.select_related("unit"),
        required=False,
        empty_label=_("I am not sure"),
    )
    language = forms.ChoiceField(label=_("Language of the answer"), choices=LANGUAGES)
    vulnerable = forms.BooleanField(
        label=_("I need help with reading or writing, am elderly, or have a disability"),
        required=False,
    )
    contact = forms.CharField(
        label=_("Mobile or e-mail"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "email"}),
    )
    consent = forms.BooleanField(
        label=_("I have read this and continue."),
        error_messages={"required": _("Please read the notice and tick the box.")},
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls, **initial: Any) -> Self:
        """An empty form with a name of its own, which makes a double click harmless."""
        return cls(initial={"client_id": uuid4(), "language": readers_language(), **initial})

    def clean_contact(self) -> str:
        typed = latin_digits(self.cleaned_data["contact"].strip())
        if typed and "@" not in typed and not mobile_e164(typed):
            raise ValidationError(
                _("Write an Iranian mobile number such as 09123456789, or an e-mail address."),
                code="contact",
            )
        if "@" in typed:
            forms.EmailField().clean(typed)
        return typed


class FileForm(AskForm):
    """The same, for a written answer: what kind of writing it is can be said."""

    ticket_type = forms.ChoiceField(
        label=_("Kind"), choices=Ticket.Type.choices, required=False, initial=Ticket.Type.QUESTION
    )


class FeedbackForm(forms.Form):
    """What the citizen says on leaving."""

    outcome = forms.ChoiceField(
        label=_("Was your problem solved?"),
        choices=Consultation.Outcome.choices,
        error_messages={"required": _("Choose one of the three answers.")},
    )
    become_ticket = forms.BooleanField(label=_("Yes, register a ticket"), required=False)
    rating = forms.TypedChoiceField(
        label=_("Were you satisfied with the answer?"),
        choices=[(str(mark), str(mark)) for mark in range(1, 6)],
        coerce=int,
        required=False,
        empty_value=None,
    )
    comment = WordsField(
        label=_("Your comment"),
        required=False,
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"max_length": TOO_LONG},
    )


class TrackForm(forms.Form):
    """Code and second answer."""

    code = forms.CharField(
        label=_("Tracking code"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Write the tracking code.")},
    )
    factor = forms.CharField(
        label=_("PIN, last four digits of the mobile, or e-mail"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Write the PIN, or the contact you gave.")},
    )


class ReplyForm(forms.Form):
    """A citizen's word on their ticket."""

    text = WordsField(
        label=_("Add something"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write something first."), "max_length": TOO_LONG},
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class FollowUpForm(ReplyForm):
    """The desk's word: an answer to the citizen, or a note for colleagues."""

    is_public = forms.TypedChoiceField(
        choices=[("true", _("Answer to the citizen")), ("false", _("Internal note"))],
        coerce=lambda value: value == "true",
        initial=True,
    )


class TicketForm(forms.Form):
    """A ticket opened by the staff from a conversation."""

    subject = WordsField(
        label=_("Subject"),
        max_length=120,
        error_messages={"required": _("Give it a subject.")},
    )
    text = WordsField(
        label=_("What is asked"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Say what is asked."), "max_length": TOO_LONG},
    )
    type = forms.ChoiceField(label=_("Kind"), choices=Ticket.Type.choices)
    unit = forms.ModelChoiceField(
        label=_("Which unit answers?"), queryset=Unit.objects.all(), empty_label=None
    )
    impact = forms.ChoiceField(label=_("Impact"), choices=Ticket.Level.choices)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Ticket.Level.choices)


class CloseForm(forms.Form):
    """Why a counsellor ends a conversation."""

    reason = forms.ChoiceField(
        label=_("Why does it end?"),
        choices=[
            each
            for each in Consultation.CloseReason.choices
            if each[0] in {"answered", "citizen_left", "timed_out", "abuse"}
        ],
    )
    epoch = forms.IntegerField(widget=forms.HiddenInput, required=False)


class WrapUpForm(forms.Form):
    """Up to three short answers after the end; only the first is asked for."""

    outcome = forms.ChoiceField(
        label=_("Was it solved?"),
        choices=Consultation.Outcome.choices,
        error_messages={"required": _("Choose one of the three answers.")},
    )
    card_answered = forms.ChoiceField(
        choices=[("", ""), ("yes", _("Yes")), ("no", _("No"))], required=False
    )
    failed_field = forms.ChoiceField(label=_("Which part failed?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(key, _(label)) for key, label in FIELDS.items()]
        labels.append((NO_CARD, _("no card is about this")))
        self.fields["failed_field"].choices = labels  # type: ignore[attr-defined]

    def card_answer(self) -> bool | None:
        """Yes, no, or not used."""
        said: str = self.cleaned_data["card_answered"]
        return {"yes": True, "no": False}.get(said)


class EpochForm(forms.Form):
    """Which holding the page knew: whoever lost it meanwhile is refused."""

    epoch = forms.IntegerField(widget=forms.HiddenInput)


class HoldForm(forms.Form):
    """Why the citizen is asked to wait, and for how long."""

    reason = WordsField(max_length=REASON_LENGTH, required=False)
    own_words = WordsField(max_length=REASON_LENGTH, required=False)
    minutes = forms.IntegerField(min_value=1, max_value=LONGEST)

    def clean(self) -> dict[str, Any]:
        """What was typed goes before what was chosen."""
        typed: dict[str, Any] = self.cleaned_data
        typed["reason"] = typed.get("own_words") or typed.get("reason")
        if not typed["reason"] and not self.errors:
            raise forms.ValidationError(_("Say why the citizen waits."))
        return typed


class TransferForm(forms.Form):
    """To whom, and what they should know."""

    topic = forms.ModelChoiceField(queryset=Topic.objects.all(), required=False)
    colleague = forms.ModelChoiceField(queryset=User.objects.all(), required=False)
    epoch = forms.IntegerField(widget=forms.HiddenInput, required=False)
    summary = WordsField(
        max_length=500, error_messages={"required": _("Write a short summary for your colleague.")}
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        if not typed.get("topic") and not typed.get("colleague") and not self.errors:
            raise forms.ValidationError(_("Choose a topic or a colleague."))
        return typed

    def handover(self, present: Topic) -> Handover:
        """The topic stays `present` where only a colleague was chosen."""
        typed = self.cleaned_data
        return Handover(typed["topic"] or present, typed["summary"], typed["colleague"])


class LinkCardForm(forms.Form):
    card = forms.ModelChoiceField(ServiceCard.objects.published(), to_field_name="slug")


class DutyForm(forms.Form):
    """For what, in which languages and how many at once."""

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), error_messages={"required": _("Choose at least one topic.")}
    )
    languages = forms.MultipleChoiceField(
        choices=LANGUAGES, error_messages={"required": _("Choose at least one language.")}
    )
    capacity = forms.IntegerField(min_value=1, max_value=10)

    def __init__(self, *args: Any, known: QuerySet[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = known  # type: ignore[attr-defined]
