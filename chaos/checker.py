"""The judge: every client's own log against the database. Pure; it knows nothing of how it came.

Twelve invariants (docs/reliability.md). Each finding is one sentence; none is the only good answer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from chaos.diary import Diary
from chaos.load import overloaded
from chaos.truth import Given, Row, Truth

KINDS: Final = (
    "lost",
    "duplicated",
    "reordered",
    "gaps",
    "over_capacity",
    "foreign_reads",
    "unaccounted",
    "stranded",
)
SYSTEM: Final = "system"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the watch saw from outside."""

    until: float = float("inf")  # When people stopped listening; less the patience of a poll.
    longest: Mapping[UUID, float] = field(default_factory=dict)
    doubled: frozenset[tuple[int, int]] = frozenset()


@dataclass(slots=True)
class Verdict:
    """Every violation by its kind."""

    acked: int
    found: dict[str, list[str]]

    @property
    def clean(self) -> bool:
        return not any(self.found.values())


def judge(diaries: Sequence[Diary], truth: Truth, seen: Seen) -> Verdict:
    """All twelve at once."""
    by_name: dict[tuple[UUID, str], Row] = {}
    for row in truth.rows:
        by_name.setdefault((row.consultation, row.client_id), row)
    talks = _talks(truth.rows)
    return Verdict(
        acked=sum(len(diary.stored) for diary in diaries),
        found={
            "lost": [*_lost(diaries, by_name)],
            "duplicated": [*_duplicated(truth.rows)],
            "reordered": [*_reordered(diaries)],
            "gaps": [
                *_holes(truth, talks),
                *_unlike(diaries, talks),
                *_tails(diaries, talks, seen),
            ],
            "over_capacity": [*_doubled(seen), *overloaded(truth)],
            "foreign_reads": [*_foreign(diaries, truth, talks)],
            "unaccounted": [*_unaccounted(diaries), *_refused_but_stored(diaries, by_name)],
            "stranded": [*_stuck(diaries), *_waited(seen)],
        },
    )


Named = Mapping[tuple[UUID, str], Row]
Talks = Mapping[UUID, list[Row]]


def _talks(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.consultation].append(row)
    return {pk: sorted(each, key=lambda row: row.seq) for pk, each in found.items()}


def _lost(diaries: Iterable[Diary], by_name: Named) -> Iterable[str]:
    """1: acknowledged means stored, with that sequence and those words."""
    for diary in diaries:
        texts = {said.client_id: said.text for said in diary.said}
        for name, answer in diary.stored.items():
            row = by_name.get((answer.consultation, name))
            if row is None or row.seq != answer.seq:
                yield f"{diary.who}: {name} was acknowledged as {answer.seq}; stored is {row}"
            elif row.text != texts.get(name, row.text):
                yield f"{diary.who}: {name} was stored in other words: {row}"


def _duplicated(rows: Iterable[Row]) -> Iterable[str]:
    """2: stored once, by name and by words (nobody says the same thing twice)."""
    spoken = [row for row in rows if row.role != SYSTEM and " word " in row.text]
    for what in ("client_id", "text"):
        counted = Counter((row.consultation, getattr(row, what)) for row in spoken)
        yield from (f"{count} × {key}" for key, count in counted.items() if count > 1)


def _reordered(diaries: Iterable[Diary]) -> Iterable[str]:
    """3: stored in the order in which it was said."""
    for diary in diaries:
        last: dict[UUID, int] = {}
        for said in diary.said:
            if answer := diary.stored.get(said.client_id):
                if answer.seq <= last.get(said.consultation, 0):
                    yield f"{diary.who}: “{said.text}” is {answer.seq}, after what was said later"
                last[said.consultation] = answer.seq


def _holes(truth: Truth, talks: Talks) -> Iterable[str]:
    """4: 1, 2, 3 … up to the last."""
    for pk, last in truth.last_seqs.items():
        seqs = [row.seq for row in talks.get(pk, ())]
        if seqs != list(range(1, last + 1)):
            yield f"{pk} has {len(seqs)} messages and says that the last is {last}"


def _unlike(diaries: Iterable[Diary], talks: Talks) -> Iterable[str]:
    """5: what each client was shown is gapless and the same as what is stored."""
    for diary in diaries:
        for pk, heard in diary.heard.items():
            rows = talks.get(pk, [])
            for place, each in enumerate(heard, start=1):
                same = place <= len(rows) and rows[place - 1].client_id == each.client_id
                if each.seq != place or not same:
                    yield f"{diary.who} was shown {each.seq} of {pk} as number {place}"
                    break


def _tails(diaries: Iterable[Diary], talks: Talks, seen: Seen) -> Iterable[str]:
    """6: the citizen got the end, of what ended and of what was open at last."""
    for diary in diaries:
        for pk in diary.whole:
            heard = len(diary.heard.get(pk, []))
            there = [row for row in talks.get(pk, ()) if row.at < seen.until]
            if heard < len(there):
                first = there[heard]
                ago = f"{first.role} “{first.text}”, {seen.until - first.at:.1f} s before the end"
                yield f"{diary.who} was shown {heard} of {len(there)} messages of {pk}: not {ago}"


def _doubled(seen: Seen) -> Iterable[str]:
    """7: a slot holds one consultation (and see `chaos.load`)."""
    yield from (f"counsellor {who} had two in slot {slot}" for who, slot in seen.doubled)


def _foreign(diaries: Iterable[Diary], truth: Truth, talks: Talks) -> Iterable[str]:
    """9: nobody is shown what was said while another held it, unless it came back to them."""
    holders = holdings(truth.given, talks)
    for diary in diaries:
        for pk, heard in diary.heard.items() if diary.staff is not None else ():
            mine = [start for start, who in holders.get(pk, ()) if who == diary.staff]
            for each in heard:
                holder = _holder_at(holders.get(pk, ()), each.seq)
                if holder not in (None, diary.staff) and max(mine, default=0) <= each.seq:
                    yield f"{diary.who} was shown {each.seq} of {pk}, which {holder} held"
                    break


def holdings(given: Iterable[Given], talks: Talks) -> dict[UUID, list[tuple[int, int]]]:
    """From which sequence on each conversation was whose: the line that says who joined."""
    found: dict[UUID, list[tuple[int, int]]] = {}
    by_talk: dict[UUID, list[Given]] = defaultdict(list)
    for each in given:
        by_talk[each.consultation].append(each)
    for pk, each_given in by_talk.items():
        joins = [row.seq for row in talks.get(pk, ()) if _is_line(row, "joined")]
        in_order = sorted(each_given, key=lambda each: each.epoch)
        found[pk] = [(seq, each.counsellor) for seq, each in zip(joins, in_order, strict=False)]
    return found


def _is_line(row: Row, code: str) -> bool:
    return row.role == SYSTEM and row.text == code


def _holder_at(holders: Iterable[tuple[int, int]], seq: int) -> int | None:
    return next((who for start, who in reversed(list(holders)) if start <= seq), None)


def _unaccounted(diaries: Iterable[Diary]) -> Iterable[str]:
    """10: sent = acknowledged + refused + pending."""
    for diary in diaries:
        for said in diary.said:
            outcomes = [
                said.client_id in diary.stored,
                said.client_id in diary.failed,
                said.client_id in diary.pending,
            ]
            if sum(outcomes) != 1:
                yield f"{diary.who}: “{said.text}” has {sum(outcomes)} outcomes"


def _stuck(diaries: Iterable[Diary]) -> Iterable[str]:
    """11: nobody is left with words that do not leave."""
    for diary in diaries:
        if diary.stuck or diary.pending:
            yield f"{diary.who} is stuck ({diary.stuck}), {len(diary.pending)} messages pending"


def _refused_but_stored(diaries: Iterable[Diary], by_name: Named) -> Iterable[str]:
    """12: refused means not stored."""
    for diary in diaries:
        consultations = {said.client_id: said.consultation for said in diary.said}
        for name, code in diary.failed.items():
            if row := by_name.get((consultations[name], name)):
                yield f"{diary.who}: {name} was refused ({code}) and is stored: {row}"


def _waited(seen: Seen) -> Iterable[str]:
    """8: nobody waits for longer than 2 s while somebody suitable is free."""
    yield from (f"{pk} waited {waited:.1f} s in vain" for pk, waited in seen.longest.items())
