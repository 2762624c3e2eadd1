"""An office to measure in: tables, topics and counsellors, without the sample's people."""

from itertools import cycle, islice

from django.core.management import call_command
from django.db import transaction

from accounts.models import Post, Role, User
from agency.models import Agency, Topic, Unit
from consult.models import Case, Consultation
from persian.tracking import new_tracking_code

BATCH = 5_000


def open_office(topics: int = 1) -> list[Topic]:
    """An empty installation made ready: one unit with so many topics that everybody knows."""
    call_command("compile_translations", verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    agency = Agency.objects.create(code="bench", name_fa="ادارهٔ سنجش", name_en="Bench office")
    unit = Unit.objects.create(agency=agency, code="bench", title_fa="سنجش", title_en="Bench")
    return [
        Topic.objects.create(
            code=f"topic-{n}", title_fa=f"موضوع {n}", title_en=f"Topic {n}", unit=unit
        )
        for n in range(topics)
    ]


def hire(count: int) -> list[User]:
    """So many counsellors of the unit, with nothing to do yet."""
    unit = Unit.objects.get(code="bench")
    people = User.objects.bulk_create(
        User(username=f"counsellor-{n}", first_name_fa=f"مشاور {n}", password="!")
        for n in range(count)
    )
    Post.objects.bulk_create(
        Post(person=person, role=Role.COUNSELLOR, unit=unit) for person in people
    )
    return people


@transaction.atomic
def line_up(topics: list[Topic], count: int) -> list[Consultation]:
    """So many more people wait, each with a case, evenly over `topics`; nobody is paired yet."""
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(new_tracking_code())
    cases = Case.objects.bulk_create(
        (Case(tracking_code=code, subject="سنجش", pin_hash="!") for code in codes), BATCH
    )
    return Consultation.objects.bulk_create(
        (
            Consultation(case=case, topic=topic, language="fa")
            for case, topic in zip(cases, islice(cycle(topics), count), strict=True)
        ),
        BATCH,
    )
