"""Writing an agency into the database: all of it or nothing, and safe to repeat.

What the file names is brought to what the file says; what it does not name stays.
"""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agency.models import Agency, Skill, Topic, Unit
from catalog.search.indexing import index_topic
from chat.models import CannedReply
from desk.founding.calendar import put_holidays, put_hours, put_special_days
from desk.founding.checking import faults_of
from desk.founding.reading import Fault, Read, RefusedFileError
from desk.founding.rows import Founded, both
from desk.founding.shape import Body, Description, Reply
from desk.founding.shape import Topic as SaidTopic
from trust import locks


@transaction.atomic
def set_up_agency(*, read: Read, rehearse: bool = False) -> Founded:
    """Bring it all in, or raise `RefusedFileError`; a rehearsal leaves nothing behind."""
    locks.take_for("setting up of the agency")
    if faults := [*_faults_of_the_house(read), *faults_of(read)]:
        raise RefusedFileError(faults)
    founding = Founding()
    founding.write(read.said)
    if rehearse:
        transaction.set_rollback(True)
    return founding.founded


def _faults_of_the_house(read: Read) -> list[Fault]:
    """Another agency's database is no place for this one."""
    code = read.said.agency.code
    here = Agency.objects.exclude(code=code).first()
    if here is None:
        return []
    said = {"here": here.code, "wanted": code}
    why = _(
        "This database is the agency “%(here)s”'s; “%(wanted)s” needs one of its own:"
        " one installation serves one agency."
    )
    return [Fault(0, "agency", why % said)]


class Founding:
    """The rows by their code, as they come in."""

    def __init__(self) -> None:
        self.founded = Founded()
        self.units: dict[str, Unit] = {}
        self.skills: dict[str, Skill] = {}
        self.topics: dict[str, Topic] = {}

    def write(self, said: Description) -> None:
        agency = self._agency(said.agency)
        for each in said.units:
            self.founded.keep(Unit, each.code, agency=agency, **both(each.title))
        self.units = {each.code: each for each in Unit.objects.all()}
        put_hours(said.hours, self.units, self.founded)
        put_special_days(said.special_days, self.units, self.founded)
        put_holidays(said.holidays, self.founded)
        for each in said.skills:
            self.founded.keep(Skill, each.code, **both(each.title))
        self.skills = {each.code: each for each in Skill.objects.all()}
        for topic in said.topics:
            self._topic(topic)
        self.topics = {each.code: each for each in Topic.objects.all()}
        for reply in said.replies:
            self._reply(reply)

    def _agency(self, said: Body) -> Agency:
        agency: Agency = self.founded.keep(
            Agency,
            said.code,
            phone=said.phone,
            email=said.email,
            retention_months=said.retention_months or settings.RETENTION_MONTHS,
            **both(said.name, "name"),
            **both(said.parent, "parent"),
            **both(said.address, "address"),
            **both(said.example, "example"),
            **both(said.alarm, "alarm"),
        )
        return agency

    def _topic(self, said: SaidTopic) -> None:
        unchanged = self.founded.unchanged
        topic: Topic = self.founded.keep(
            Topic,
            said.code,
            unit=self.units[said.unit],
            keywords=said.keywords,
            urgent=said.urgent,
            capacity=said.capacity,
            default_ticket_type=said.ticket_type,
            **both(said.title),
        )
        wanted = {self.skills[code] for code in said.skills}
        if self.founded.unchanged == unchanged:
            index_topic(topic)
        elif set(topic.skills.all()) != wanted:
            self.founded.unchanged, self.founded.changed = unchanged, self.founded.changed + 1
        topic.skills.set(wanted)

    def _reply(self, said: Reply) -> None:
        self.founded.keep(
            CannedReply,
            said.code,
            shortcut=said.shortcut,
            topic=self.topics[said.topic] if said.topic else None,
            sample=said.sample,
            **both(said.title),
            **both(said.body, "body"),
        )
