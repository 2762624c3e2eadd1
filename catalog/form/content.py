"""A filled form, typed once: what is stored of a card beside its columns, and in its editions.

Everything may be missing, for a draft is saved as far as it goes; what a published card must say
is decided by `catalog.form.rules`. Amounts are whole rials, times are whole units.
"""

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from catalog.form.choices import (
    Actor,
    Certainty,
    DurationUnit,
    ExchangeMode,
    FeeKind,
    FrequencyKind,
    Level,
    LifeEvent,
    Medium,
    Nature,
    ObtainedBy,
    Period,
    ServiceType,
    StartMode,
    VisitLevel,
    VisitReason,
)

Number = Annotated[int, Meta(ge=0, le=10**15)]
Short = Annotated[str, Meta(max_length=300)]
Code = Annotated[str, Meta(max_length=40, pattern=r"^[a-z0-9_-]*$")]
Address = Annotated[str, Meta(max_length=500, pattern=r"^(https?://\S+)?$")]
Slug = Annotated[str, Meta(max_length=100, pattern=r"^[-a-zA-Z0-9_]+$")]


class Words(Struct, kw_only=True):
    """A text in each language; Persian is what counts."""

    fa: str = ""
    en: str = ""


class Document(Words, kw_only=True):
    """Something that has to be there before the service can begin."""

    code: Code = ""
    obtained_by: ObtainedBy = ObtainedBy.APPLICANT
    required: bool = True
    form: Address = ""  # Where an empty one can be had.


class Law(Words, kw_only=True):
    """What a service rests on. `articles` as the law counts them, `date` in Jalali: 1369/06/26."""

    code: Code = ""
    certainty: Certainty = Certainty.CHECK
    articles: Short = ""
    date: Annotated[str, Meta(pattern=r"^(\d{4}(/\d{1,2}(/\d{1,2})?)?)?$")] = ""
    link: Address = ""


class Step(Words, kw_only=True):
    """One row of the flow chart: who does it, and how many days it takes.

    `next` names the orders of the steps that may follow; empty means the one below.
    """

    order: Annotated[int, Meta(ge=1, le=99)]
    actor: Actor = Actor.AGENCY
    days: Number | None = None
    next: list[Annotated[int, Meta(ge=1, le=99)]] = []


class Statistics(Struct, kw_only=True):
    """How many people received the service in a period."""

    recipients: Number | None = None
    per: Period = Period.YEAR


class Duration(Struct, kw_only=True):
    """The mean time that the service takes. `iso8601` is derived from it for open data."""

    value: Number | None = None
    unit: DurationUnit = DurationUnit.WORKING_DAY
    iso8601: str = ""


class Frequency(Struct, kw_only=True):
    """How often somebody needs it."""

    kind: FrequencyKind = FrequencyKind.ON_DEMAND
    times: Number | None = None
    per: Period | None = None


class FeeItem(Words, kw_only=True):
    """One of several amounts."""

    kind: FeeKind = FeeKind.FIXED
    amount_irr: Number | None = None


class Fee(Struct, kw_only=True):
    """What it costs, in rial; `items` where there are several amounts."""

    kind: FeeKind = FeeKind.FREE
    amount_irr: Number | None = None
    note: Words | None = None
    items: list[FeeItem] = []
    accounts: list[Short] = []  # Account or Sheba, with the payment id.
    e_payment: bool = False


class Visit(Struct, kw_only=True):
    """Why, and where, somebody has to come in person."""

    visit_level: VisitLevel = VisitLevel.COUNTY
    reasons: list[VisitReason] = []


class Ways(Struct, kw_only=True):
    """How one stage is gone through."""

    electronic: bool = False
    media: list[Medium] = []
    non_electronic: Visit | None = None


class Channels(Struct, kw_only=True):
    """The four stages of section 6."""

    information: Ways = msgspec.field(default_factory=Ways)
    request: Ways = msgspec.field(default_factory=Ways)
    production: Ways = msgspec.field(default_factory=Ways)
    delivery: Ways = msgspec.field(default_factory=Ways)


class InternalSystem(Words, kw_only=True):
    """A system or data bank of the agency itself that the service uses (section 7)."""

    exchanged: Short = ""
    mode: ExchangeMode = ExchangeMode.ONLINE


class ExternalBody(Struct, kw_only=True):
    """Another body that is asked for something (section 8)."""

    body: Words = msgspec.field(default_factory=Words)
    system: Short = ""
    exchanged: Short = ""
    mode: ExchangeMode = ExchangeMode.ONLINE
    paid: bool = False
    amount_irr: Number | None = None


class Provider(Struct, kw_only=True):
    """Whose service it is, where that is not simply this agency."""

    executive_body: Words = msgspec.field(default_factory=Words)
    parent_body: Words = msgspec.field(default_factory=Words)


class Contact(Struct, kw_only=True):
    """Who filled the form, and who answers for it."""

    filled_by: Short = ""
    unit: Words = msgspec.field(default_factory=Words)
    phone: Short = ""
    email: Short = ""


class Keywords(Struct, kw_only=True):
    """What people say instead of the title."""

    fa: list[Short] = []
    en: list[Short] = []


class Content(Struct, kw_only=True):
    """The whole form but for what the card's columns say."""

    title: Words = msgspec.field(default_factory=Words)
    description: Words = msgspec.field(default_factory=Words)
    provider: Provider = msgspec.field(default_factory=Provider)
    service_type: list[ServiceType] = []
    recipients: Words = msgspec.field(default_factory=Words)
    nature: Nature | None = None
    level: Level | None = None
    life_events: list[LifeEvent] = []
    start_mode: StartMode | None = None
    conditions: Words = msgspec.field(default_factory=Words)
    documents: list[Document] = []
    needs_no_documents: bool = False  # Said on purpose, not forgotten.
    laws: list[Law] = []
    statistics: Statistics = msgspec.field(default_factory=Statistics)
    duration: Duration = msgspec.field(default_factory=Duration)
    frequency: Frequency = msgspec.field(default_factory=Frequency)
    in_person_visits: Number | None = None
    service_hours: Words = msgspec.field(default_factory=Words)
    fee: Fee = msgspec.field(default_factory=Fee)
    url: Address = ""
    system_name: Words = msgspec.field(default_factory=Words)
    channels: Channels = msgspec.field(default_factory=Channels)
    internal_systems: list[InternalSystem] = []
    external_bodies: list[ExternalBody] = []
    processes: list[str] = []
    steps: list[Step] = []
    output: Words = msgspec.field(default_factory=Words)
    complaint: Words = msgspec.field(default_factory=Words)
    related: list[Slug] = []
    category: Short | None = None  # The agency's own; kept for whoever put it there.
    parent: Slug | None = None  # The service that this is a part of.
    keywords: Keywords = msgspec.field(default_factory=Keywords)
    contact: Contact = msgspec.field(default_factory=Contact)


PERIODS: Final = {
    DurationUnit.HOUR: "PT{}H",
    DurationUnit.DAY: "P{}D",
    DurationUnit.WORKING_DAY: "P{}D",  # ISO 8601 knows no working days.
    DurationUnit.MONTH: "P{}M",
}


def iso8601(duration: Duration) -> str:
    """The time it takes, as machines read it; empty where none is stated."""
    return PERIODS[duration.unit].format(duration.value) if duration.value else ""


def read(said: Any) -> Content:
    """A form from plain values; `msgspec.ValidationError` names the place that does not fit.

    Fields that are not of the form are passed over.
    """
    return msgspec.convert(said, Content)


def plain(content: Content) -> dict[str, Any]:
    """The same as plain values, ready for JSON."""
    found: dict[str, Any] = msgspec.to_builtins(content)
    return found
