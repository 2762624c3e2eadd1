"""The whole form of a card, section by section as the official one has them (DOMAIN: 1–10, foot).

A field of the form that is missing here is missing from the page and from the PDF alike, so a test
fills every one of them and looks for it.
"""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agency.bilingual import readers_language
from catalog.form.choices import FeeKind, FrequencyKind
from catalog.form.content import Content, Fee, Frequency, Keywords, Statistics, Words
from catalog.form.labels import FIELDS
from catalog.form.measures import price, time_needed, visits
from catalog.models import CardEdition, ServiceCard
from catalog.sheets.connections import access, connections, steps
from catalog.sheets.relatives import Relatives
from catalog.sheets.said import (
    Cell,
    Said,
    as_code,
    as_link,
    chosen,
    in_both,
    in_digits,
    in_persian,
    of_mapping,
    on_day,
    plainly,
    priced,
    yes_or_no,
)
from catalog.sheets.sections import Entry, Section, table
from persian.digits import grouped


def official_form(
    card: ServiceCard, edition: CardEdition, form: Content, relatives: Relatives
) -> tuple[Section, ...]:
    """Every section, in the order of the form; then what stands beside it, then the foot."""
    return (
        Section(_("Title of the service"), (Entry(_("Title"), in_both(form.title)),), 1),
        Section(_("Service id"), tuple(_ids(card)), 2),
        Section(_("Provider of the service"), tuple(_provider(card, form)), 3),
        Section(_("Particulars of the service"), tuple(_particulars(form)), 4),
        Section(_("Details of the service"), tuple(_details(form)), 5),
        access(form),
        *connections(form),
        steps(form),
        Section(_("Beside the official form"), tuple(_beside(form, relatives))),
        Section(_("Who filled it in"), tuple(_foot(card, edition, form))),
    )


def _ids(card: ServiceCard) -> list[Entry]:
    return [
        Entry(_("National id"), as_code(card.national_id or "")),
        Entry(_("Our code"), as_code(card.code)),
    ]


def _provider(card: ServiceCard, form: Content) -> list[Entry]:
    agency, said = card.unit.agency, form.provider
    own = of_mapping({"fa": agency.name_fa, "en": agency.name_en})
    above = of_mapping({"fa": agency.parent_fa, "en": agency.parent_en})
    return [
        Entry(_("Executive body"), in_both(said.executive_body) or own),
        Entry(_("Parent body"), in_both(said.parent_body) or above),
    ]


def _particulars(form: Content) -> list[Entry]:
    return [
        Entry(_label("description"), in_both(form.description)),
        Entry(_label("service_type"), chosen(form.service_type), "list"),
        Entry(_label("recipients"), in_both(form.recipients)),
        Entry(_label("nature"), chosen([form.nature])),
        Entry(_label("level"), chosen([form.level])),
        Entry(_label("life_events"), chosen(form.life_events), "list"),
        Entry(_label("start_mode"), chosen([form.start_mode])),
        Entry(_label("conditions"), in_both(form.conditions)),
        _documents(form),
        _laws(form),
    ]


def _documents(form: Content) -> Entry:
    if not form.documents:
        said = plainly(_label("needs_no_documents")) if form.needs_no_documents else ()
        return Entry(_label("documents"), said)
    columns = (_("Document"), _("Who brings it"), _("Required"), _("Form to fill in"))
    rows = [
        (
            in_both(each),
            chosen([each.obtained_by]),
            yes_or_no(each.required),
            as_link(each.form, _("Get the form")),
        )
        for each in form.documents
    ]
    return table(_label("documents"), columns, rows)


def _laws(form: Content) -> Entry:
    columns = (_("Law"), _("Articles"), _("Date"), _("Text"), _("Certainty"))
    rows = [
        (
            in_both(each),
            in_persian(in_digits(each.articles)),
            as_code(in_digits(each.date)),
            as_link(each.link, _("Read it")),
            chosen([each.certainty]),
        )
        for each in form.laws
    ]
    return table(_label("laws"), columns, rows)


def _details(form: Content) -> list[Entry]:
    return [
        Entry(_label("statistics"), _counted(form.statistics)),
        Entry(_label("duration"), plainly(time_needed(form.duration.value, form.duration.unit))),
        Entry(_label("frequency"), _how_often(form.frequency)),
        Entry(_label("in_person_visits"), plainly(visits(form.in_person_visits))),
        Entry(_label("service_hours"), in_both(form.service_hours)),
        *_fee(form.fee),
    ]


def _counted(said: Statistics) -> Cell:
    if said.recipients is None:
        return ()
    shown = {"count": grouped(said.recipients, readers_language()), "period": said.per.label}
    return plainly(_("%(count)s in each %(period)s") % shown)


def _how_often(said: Frequency) -> Cell:
    if said.kind != FrequencyKind.TIMES_PER or not said.times or said.per is None:
        return chosen([said.kind])
    words = ngettext("Once in each %(period)s", "%(times)s times in each %(period)s", said.times)
    return plainly(words % {"times": in_digits(said.times), "period": said.per.label})


def _fee(fee: Fee) -> list[Entry]:
    found = [Entry(_label("fee"), plainly(price(fee.kind, fee.amount_irr)))]
    if fee.items:
        columns = (_("For what"), _("Amount"))
        found.append(table(_("Amounts"), columns, [priced(each) for each in fee.items]))
    found.append(Entry(_("Note on the fee"), in_both(fee.note)))
    accounts = tuple(each for text in fee.accounts for each in as_code(text))
    found.append(Entry(_("Bank accounts"), accounts, "list"))
    paid = () if fee.kind == FeeKind.FREE and not fee.e_payment else yes_or_no(fee.e_payment)
    found.append(Entry(_("Paid electronically"), paid))
    return found


def _beside(form: Content, relatives: Relatives) -> list[Entry]:
    parent = [relatives.parent] if relatives.parent else []
    return [
        Entry(_label("output"), in_both(form.output)),
        Entry(_label("complaint"), in_both(form.complaint)),
        Entry(_label("parent"), _cards(parent)),
        Entry(_("Sub-services"), _cards(relatives.parts), "list"),
        Entry(_label("related"), _cards(relatives.related), "list"),
        Entry(_label("keywords"), _spoken(form.keywords)),
    ]


def _spoken(words: Keywords) -> Cell:
    """What people call it, the reader's language first."""
    said = [("fa", words.fa), ("en", words.en)]
    mine = readers_language()
    return tuple(
        Said(_(", ").join(each), language="" if language == mine else language)
        for language, each in sorted(said, key=lambda pair: pair[0] != mine)
        if each
    )


def _cards(cards: list[ServiceCard]) -> Cell:
    return tuple(
        replace(title, link=each.get_absolute_url())
        for each in cards
        for title in of_mapping(each.titles)
    )


def _foot(card: ServiceCard, edition: CardEdition, form: Content) -> list[Entry]:
    contact, unit = form.contact, card.unit
    own = Words(fa=unit.title_fa, en=unit.title_en)
    return [
        Entry(_("Filled in by"), in_persian(contact.filled_by)),
        Entry(_("Unit"), in_both(contact.unit) or in_both(own)),
        Entry(_("Phone"), as_code(contact.phone)),
        Entry(_("E-mail"), as_code(contact.email)),
        Entry(_("Edition"), plainly(in_digits(edition.number))),
        Entry(_("Valid from"), on_day(edition.valid_from)),
        Entry(_("Valid to"), on_day(edition.valid_to)),
        Entry(_("Last checked"), on_day(card.checked_on)),
    ]


def _label(field: str) -> str:
    return str(FIELDS[field])
