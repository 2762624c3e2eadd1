"""Sections 6 to 10 of the form: how a service is reached, what it asks of whom, how it goes."""

from django.utils.translation import gettext as _

from catalog.form.choices import DurationUnit, Stage
from catalog.form.content import Content, ExternalBody, InternalSystem, Step, Ways
from catalog.form.labels import FIELDS
from catalog.form.measures import rials, time_needed
from catalog.sheets.said import (
    Cell,
    as_link,
    chosen,
    in_both,
    in_digits,
    in_persian,
    plainly,
    yes_or_no,
)
from catalog.sheets.sections import Entry, Section, table


def access(form: Content) -> Section:
    """Section 6, stage by stage."""
    stages = (Entry(str(each.label), _ways(getattr(form.channels, each.value))) for each in Stage)
    entries = (
        Entry(str(FIELDS["url"]), as_link(form.url)),
        Entry(str(FIELDS["system_name"]), in_both(form.system_name)),
        *(Entry(each.label, each.said, "list") for each in stages),
    )
    return Section(_("How to reach the service"), entries, 6)


def _ways(ways: Ways) -> Cell:
    said = chosen(ways.media)
    if ways.electronic and not said:
        said = plainly(_("Electronically"))
    visit = ways.non_electronic
    if visit is None:
        return said
    reasons = _(", ").join(str(each.label) for each in visit.reasons)
    shown = {"level": visit.visit_level.label, "reasons": reasons}
    words = _("In person (%(level)s): %(reasons)s") if reasons else _("In person (%(level)s)")
    return (*said, *plainly(words % shown))


def connections(form: Content) -> tuple[Section, ...]:
    """Sections 7 to 9."""
    inside = (_("System"), _("What is exchanged"), _("How"))
    outside = (_("Body"), _("System"), _("What is exchanged"), _("How"), _("At a charge"))
    systems = table(_("Systems"), inside, [_system(each) for each in form.internal_systems])
    bodies = table(_("Bodies"), outside, [_body(each) for each in form.external_bodies])
    processes = tuple(said for text in form.processes for said in in_persian(text))
    return (
        Section(_("Connections with systems and data banks of the body"), (systems,), 7),
        Section(_("Connections with other bodies"), (bodies,), 8),
        Section(
            _("Processes of the service"),
            (Entry(str(FIELDS["processes"]), processes, "numbered"),),
            9,
        ),
    )


def _system(each: InternalSystem) -> tuple[Cell, ...]:
    return in_both(each), in_persian(each.exchanged), chosen([each.mode])


def _body(each: ExternalBody) -> tuple[Cell, ...]:
    charge = plainly(rials(each.amount_irr)) if each.amount_irr else yes_or_no(each.paid)
    return (
        in_both(each.body),
        in_persian(each.system),
        in_persian(each.exchanged),
        chosen([each.mode]),
        charge,
    )


def steps(form: Content) -> Section:
    """Section 10: who does what, in which order."""
    ordered = sorted(form.steps, key=lambda each: each.order)
    columns = (_("No."), _("Step"), _("Who does it"), _("Time"), _("Then"))
    entry = Entry(
        str(FIELDS["steps"]),
        kind="steps",
        columns=columns,
        rows=tuple(_step(each) for each in ordered),
    )
    return Section(_("Chart of the processes"), (entry,), 10)


def _step(each: Step) -> tuple[Cell, ...]:
    after = _(", ").join(in_digits(order) for order in each.next)
    return (
        plainly(in_digits(each.order)),
        in_both(each),
        chosen([each.actor]),
        plainly(time_needed(each.days, DurationUnit.DAY)),
        plainly(_("to %(steps)s") % {"steps": after}) if after else (),
    )
