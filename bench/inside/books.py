"""`python -m bench.inside.books RUN`: what the database holds of every conversation, as JSON.

With `--wake` in front of RUN, everybody was here a moment ago: leases run, nobody was silent. A
contender that had to wait its turn must not find its people gone.
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
        of_run=Count("seq", filter=Q(stream__startswith=f"{run}-")),
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


def main(words: list[str]) -> None:
    if "--wake" in words:
        wake()
    json.dump(books(words[-1]), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
