"""`python -m bench.inside.books`: a caretaker who answers as long as somebody asks.

A line in is a question, a line of JSON out the answer. `wake`: everybody was here a moment ago, so
that a contender who had to wait for its turn does not find its people gone. `books RUN`: what the
database holds of every conversation, and how much of it was said in RUN.
"""

import json
import sys
from datetime import timedelta

from django.db.models import Count, Max, Q
from django.utils import timezone

from chat.models import Message
from consult.models import Consultation, Duty
from consult.timers import timer


def books(run: str) -> dict[str, dict[str, int]]:
    """Of each conversation: lines, the last sequence, names of lines, lines said in `run`."""
    said = Message.objects.values("consultation").order_by()
    rows = said.annotate(
        lines=Count("seq"),
        last=Max("seq"),
        names=Count("client_id", distinct=True),
        of_run=Count("seq", filter=Q(stream__startswith=run)),
    )
    return {
        str(row["consultation"]): {name: row[name] for name in ("lines", "last", "names", "of_run")}
        for row in rows
    }


def wake() -> None:
    """Everybody was heard from just now."""
    now = timezone.now()
    lease = now + timer("lease") + timedelta(seconds=15)  # The server has to start yet.
    Duty.objects.current().update(lease_until=lease)
    Consultation.objects.open().update(awaiting_since=now, citizen_seen_at=now)


def main() -> None:
    for line in sys.stdin:
        match line.split():
            case ["wake"]:
                wake()
                print(json.dumps({}), flush=True)
            case ["books", run]:
                print(json.dumps(books(run)), flush=True)


if __name__ == "__main__":
    main()
