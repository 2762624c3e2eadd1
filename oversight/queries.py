"""Finding a conversation by words in it, folded as Persian is typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.models import User
from agency.models import Topic
from chat.models import Message
from chat.posts import searchable
from consult.models import Consultation
from persian.folding import highlight

SHOWN = 50
AROUND = 60  # Letters of a message shown on each side of the first word found.


@dataclass(frozen=True, slots=True)
class TranscriptHit:
    """A conversation, with the piece of it that answers the search."""

    consultation: Consultation
    pieces: list[tuple[str, bool]]
    counsellor: User | None


def find_transcripts(supervisor: User, q: str, topic: Topic | None) -> QuerySet[Consultation]:
    """Those of this supervisor's units in which every word of `q` was said, newest first."""
    found = Consultation.objects.supervised_by(supervisor).select_related(
        "topic", "case", "last_holder", "holder"
    )
    if topic is not None:
        found = found.filter(topic=topic)
    words = searchable(q).split()
    if q.strip() and not words:
        return found.none()
    for word in words:
        said = Message.objects.filter(consultation=OuterRef("pk"), folded__contains=word)
        found = found.filter(Exists(said))
    return found.distinct().order_by("-arrived_at")


def hits(found: QuerySet[Consultation], q: str, *, with_pieces: bool = True) -> list[TranscriptHit]:
    """A page of them, each with its telling piece, or without where nobody looks for words."""
    page = list(found[:SHOWN])
    texts = _telling_texts([each.pk for each in page], q) if with_pieces else {}
    return [
        TranscriptHit(
            each, _cut(highlight(texts.get(each.pk) or "", q)), each.holder or each.last_holder
        )
        for each in page
    ]


def _telling_texts(consultations: Iterable[UUID], q: str) -> dict[UUID, str | None]:
    """What was first said with the first word of `q`, or at all; in one query for all of them."""
    said = Message.objects.filter(consultation=OuterRef("pk")).exclude(role="system")
    if words := searchable(q).split():
        said = said.filter(folded__contains=words[0])
    first = Subquery(said.order_by("seq").values("text")[:1])
    telling = Consultation.objects.filter(pk__in=list(consultations)).annotate(telling=first)
    return dict(telling.values_list("pk", "telling"))


def _cut(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Short enough for a list: what stands far from the first word found is left out."""
    first = next((i for i, (_text, found) in enumerate(pieces) if found), 0)
    cut = []
    for i, (text, found) in enumerate(pieces[max(0, first - 1) : first + 6]):
        if not found and len(text) > AROUND:
            text = "…" + text[-AROUND:] if i == 0 and first else text[:AROUND] + "…"
        cut.append((text.replace("\n", " "), found))
    return cut
