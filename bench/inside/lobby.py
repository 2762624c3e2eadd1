"""`python -m bench.inside.lobby SOCKETS`: people who are here and say nothing; prints the cast.

Half are citizens who wait, one socket each; half are people of the staff, ten sockets each, as
many as the house allows.
"""

import secrets
import sys
from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.utils import timezone

from agency.models import Topic
from bench.inside import cookies
from bench.inside.office import hire, line_up, open_office
from consult.models import Access, Citizen
from consult.operations.access import ASKED_HERE, digest

Line = tuple[str, str, str, int]


def main(sockets: int) -> None:
    topics = open_office()
    half = sockets // 2
    for line in citizens(half, topics):
        print(*line, sep="\t")
    for line in islice(staff(half), sockets - half):
        print(*line, sep="\t")


def citizens(count: int, topics: list[Topic]) -> Iterator[Line]:
    tokens = [secrets.token_urlsafe(32) for _each in range(count)]
    people = Citizen.objects.bulk_create(Citizen(digest=digest(token)) for token in tokens)
    waiting = line_up(topics, count)
    until = timezone.now() + ASKED_HERE
    Access.objects.bulk_create(
        Access(citizen=citizen, case_id=each.case_id, expires_at=until, asked_here=True)
        for citizen, each in zip(people, waiting, strict=True)
    )
    for token, each in zip(tokens, waiting, strict=True):
        yield "/ws/citizen/", cookies.of_citizen(token), str(each.pk), 0


def staff(count: int) -> Iterator[Line]:
    each_has = settings.LIMITS["sockets_per_staff"]
    for person in hire(-(-count // each_has)):
        cookie = cookies.of_staff(person)
        yield from [("/ws/staff/", cookie, "", 0)] * each_has


if __name__ == "__main__":
    main(int(sys.argv[1]))
