"""The waiting line under load: 20 topics, 200 counsellors, and whoever waits.

    python -m bench.inside.line form WAITING CAPACITY    an office where everybody is busy
    python -m bench.inside.line lengthen WAITING         so many wait; everybody is awake
    python -m bench.inside.line pair WAITING             one seat after the other becomes free
    python -m bench.inside.line rush SECONDS OF N        end conversations as fast as it goes
    python -m bench.inside.line audit START SECONDS      what the log of assignments says of that

`form` and `lengthen` put rows in through the ORM; what is measured is `pair_waiting()` and `end()`.
"""

import json
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from agency.models import Topic
from bench.inside.books import wake
from bench.inside.office import hire, line_up, open_office
from chat.operations import end, start_duty
from consult.models import Assignment, Consultation
from consult.operations.assigning import pair_waiting

TOPICS: Final = 20
COUNSELLORS: Final = 200
PORTION: Final = 1_000  # In one transaction; PostgreSQL sends away who idles in one for 5 s.
KNOWN: Final = 5  # Topics that each counsellor takes.
WARM, TIMED = 5, 40
ANSWERED: Final = Consultation.CloseReason.ANSWERED


def form(waiting: int, capacity: int) -> None:
    topics = open_office(TOPICS)
    for n, counsellor in enumerate(hire(COUNSELLORS)):
        chosen = [topics[(n + k) % TOPICS] for k in range(KNOWN)]
        start_duty(counsellor=counsellor, topics=chosen, languages=["fa"], capacity=capacity)
    line_up(topics, COUNSELLORS * capacity)
    wake()
    pair_waiting()
    lengthen(waiting)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")  # As autovacuum would within the minute.


def lengthen(waiting: int) -> None:
    missing, topics = waiting - Consultation.objects.waiting().count(), list(Topic.objects.all())
    for done in range(0, missing, PORTION):
        line_up(topics, min(PORTION, missing - done))
    wake()


def pair(waiting: int) -> None:
    """Print the median of many pairings, each timed alone."""
    wake()
    times = [paired_after(free_a_seat()) for _each in range(WARM + TIMED)][WARM:]
    short = [each for each in times if each is None]
    left = Consultation.objects.waiting().count()
    void = f"{len(short)} seats stayed free" if short else ""
    void = void or ("" if left == waiting else f"{left} wait at the end")
    ms = 1000 * median(each for each in times if each is not None)
    json.dump({"ms": ms, "void": void}, sys.stdout)


@transaction.atomic
def free_a_seat() -> int:
    """Somebody's conversation has ended, and nobody looked at the line yet; who is free now."""
    talk = Consultation.objects.held().order_by("assigned_at").first()
    assert talk is not None
    assert talk.holder_id is not None
    now = timezone.now()
    Consultation.objects.filter(pk=talk.pk).update(
        state=Consultation.State.CLOSED,
        holder=None,
        slot=None,
        closed_at=now,
        close_reason=ANSWERED,
        wrapped_up_at=now,
    )
    return talk.holder_id


def paired_after(counsellor: int) -> float | None:
    """Seconds until the free counsellor was given somebody; the line is as long as before."""
    began = time.perf_counter()
    pair_waiting()
    took = time.perf_counter() - began
    given = Consultation.objects.held().filter(holder=counsellor).first()
    if given is None:
        return None
    line_up([given.topic], 1)
    return took


def rush(seconds: float, of: int, number: int) -> None:
    """End the conversations of every `of`-th counsellor; each end lets somebody else begin.

    Says that it is ready, and reads from standard input when to start.
    """
    mine = [pk for pk in User.objects.values_list("pk", flat=True) if pk % of == number]
    print("ready", flush=True)
    start = float(sys.stdin.readline())
    time.sleep(max(0.0, start - time.time()))
    while time.time() < start + seconds:
        for talk in Consultation.objects.held().filter(holder__in=mine):
            end(consultation=talk, reason=ANSWERED, epoch=talk.epoch)
            if time.time() >= start + seconds:
                return


def audit(start: float, seconds: float) -> None:
    """Count the assignments of that time; say whose capacity was ever exceeded, by the log."""
    begin = datetime.fromtimestamp(start, UTC)
    made = Assignment.objects.filter(at__gte=begin, at__lt=begin + timedelta(seconds=seconds))
    over = over_capacity()
    waiting = Consultation.objects.waiting().count()
    void = f"{len(over)} counsellors above capacity" if over else ""
    void = void or ("" if waiting else "the line ran dry")
    json.dump({"pairings": made.count(), "void": void}, sys.stdout)


def over_capacity() -> list[int]:
    """Counsellors who at some moment held more than the capacity of that assignment allowed."""
    steps: dict[int, list[tuple[datetime, int, int]]] = defaultdict(list)
    log = Assignment.objects.values_list("counsellor", "at", "capacity", "consultation__closed_at")
    for counsellor, at, capacity, closed_at in log:
        steps[counsellor].append((at, 1, capacity))
        if closed_at is not None:
            steps[counsellor].append((closed_at, -1, capacity))  # Before what begins then.
    return [counsellor for counsellor, taken in steps.items() if _exceeds(sorted(taken))]


def _exceeds(steps: list[tuple[datetime, int, int]]) -> bool:
    held = 0
    for _at, change, capacity in steps:
        held += change
        if held > capacity:
            return True
    return False


def main(words: list[str]) -> None:
    match words:
        case ["form", waiting, capacity]:
            form(int(waiting), int(capacity))
        case ["lengthen", waiting]:
            lengthen(int(waiting))
        case ["pair", waiting]:
            pair(int(waiting))
        case ["rush", seconds, of, number]:
            rush(float(seconds), int(of), int(number))
        case ["audit", start, seconds]:
            audit(float(start), float(seconds))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
