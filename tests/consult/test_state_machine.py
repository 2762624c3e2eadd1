"""Anything may happen in any order: PRODUCT.md's invariants hold after every step.

Hypothesis plays citizens, counsellors and time against the real database; the sweep runs after
every step, as it does every second.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import hypothesis.strategies as st
import pytest
from django.conf import settings as house
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.models import Role
from agency.models import Agency, Topic, Unit
from chat import operations as conversation
from chat.posts import Post
from consult import line
from consult.models import Assignment, Citizen, Consultation, Duty, Person
from consult.operations import duty
from consult.operations.access import admit
from consult.operations.asking import Asked
from consult.operations.transferring import Handover
from consult.pairing import can_take
from tests.clock import sweep_once
from tests.people import person

State = Consultation.State
ROOM = st.integers(1, 3)
WHO = st.integers(0, 2)
LANGUAGES = st.sampled_from(["fa", "en"])
STAMPS = (
    "assigned_at",
    "awaiting_since",
    "hold_at",
    "hold_until",
    "nudged_at",
    "supervisors_told_at",
    "offer_expires_at",
    "restricted_until",
    "wrap_up_due_at",
)


class House(RuleBasedStateMachine):
    """Three counsellors, two topics, two languages; whoever asks is somebody new."""

    asked = Bundle("asked")

    @initialize(auto=st.booleans())
    def open(self, auto: bool) -> None:
        self.story = transaction.atomic()
        self.story.__enter__()
        self.was_auto = house.AUTO_ACCEPT
        house.AUTO_ACCEPT = auto
        agency = Agency.objects.create(code="house", name_fa="خانه")
        unit = Unit.objects.create(agency=agency, code="house", title_fa="واحد")
        self.topics = [
            Topic.objects.create(code=code, title_fa=code, unit=unit, capacity=room, urgent=urgent)
            for code, room, urgent in (("wages", 2, False), ("danger", 3, True))
        ]
        self.staff = [person(f"c{i}", "مشاور", Role.COUNSELLOR, unit) for i in range(3)]
        conversation.start_duty(
            counsellor=self.staff[0], topics=self.topics, languages=["fa", "en"], capacity=2
        )
        self.citizens: dict[UUID, Citizen] = {}
        self.arrivals: dict[UUID, Any] = {}
        self.said = 0
        self.was: dict[UUID, tuple[int, bool]] = {}

    def teardown(self) -> None:
        if hasattr(self, "story"):
            house.AUTO_ACCEPT = self.was_auto
            transaction.set_rollback(True)
            self.story.__exit__(None, None, None)

    @rule(target=asked, topic=st.integers(0, 1), spoken=LANGUAGES, vulnerable=st.booleans())
    def ask(self, topic: int, spoken: str, vulnerable: bool) -> UUID:
        asked = Asked(text="سؤال", language=spoken, topic=self.topics[topic], vulnerable=vulnerable)
        citizen = admit().citizen
        question = conversation.ask(asked=asked, citizen=citizen).consultation
        self.citizens[question.pk] = citizen
        self.arrivals[question.pk] = question.arrived_at
        return question.pk

    @rule(who=WHO, both=st.booleans(), spoken=st.sets(LANGUAGES, min_size=1), room=ROOM)
    def start(self, who: int, both: bool, spoken: set[str], room: int) -> None:
        topics = self.topics if both else self.topics[:1]
        conversation.start_duty(
            counsellor=self.staff[who], topics=topics, languages=spoken, capacity=room
        )

    @rule(who=WHO, act=st.sampled_from(["break", "back", "drain", "off"]))
    def change_duty(self, who: int, act: str) -> None:
        counsellor = self.staff[who]
        acts: dict[str, Callable[[], Any]] = {
            "break": lambda: duty.take_break(counsellor=counsellor, reason="rest"),
            "back": lambda: conversation.come_back(counsellor=counsellor),
            "drain": lambda: duty.drain(counsellor=counsellor),
            "off": lambda: conversation.leave_duty(counsellor=counsellor),
        }
        tried(acts[act])

    @rule(who=WHO)
    def vanish(self, who: int) -> None:
        duties = Duty.objects.current().filter(counsellor=self.staff[who])
        duties.update(lease_until=timezone.now() - timedelta(minutes=10))

    @rule(pk=asked, citizen=st.booleans())
    def speak(self, pk: UUID, citizen: bool) -> None:
        holder = Consultation.objects.get(pk=pk).holder
        speaker: Person | None = self.citizens[pk] if citizen else holder
        if speaker is not None:
            self.said += 1
            name = f"m{self.said}"
            conversation.post(
                Post(consultation=pk, person=speaker, stream=name, n=1, client_id=name, text="word")
            )

    @rule(pk=asked, minutes=st.integers(1, 10))
    def hold(self, pk: UUID, minutes: int) -> None:
        self._as_holder(pk, conversation.hold, reason="x", minutes=minutes)

    @rule(pk=asked)
    def resume(self, pk: UUID) -> None:
        self._as_holder(pk, conversation.resume)

    @rule(pk=asked, accepts=st.booleans())
    def answer_offer(self, pk: UUID, accepts: bool) -> None:
        self._as_holder(pk, conversation.accept if accepts else conversation.decline)

    @rule(pk=asked, topic=st.integers(0, 1), to=st.none() | WHO)
    def transfer(self, pk: UUID, topic: int, to: int | None) -> None:
        colleague = None if to is None else self.staff[to]
        handover = Handover(self.topics[topic], "summary", colleague)
        self._as_holder(pk, conversation.hand_over, handover=handover)

    @rule(pk=asked, late=st.booleans())
    def close(self, pk: UUID, late: bool) -> None:
        row = Consultation.objects.get(pk=pk)
        reason = Consultation.CloseReason.ANSWERED
        epoch = row.epoch - 1 if late else None
        tried(lambda: conversation.end(consultation=row, reason=reason, epoch=epoch))

    @rule(seconds=st.sampled_from([5, 35, 70, 130, 200, 400, 700]))
    def wait(self, seconds: int) -> None:
        """Whoever is there still sends heartbeats: time passes for everything else."""
        span = timedelta(seconds=seconds)
        for row in Consultation.objects.open():
            moved(Consultation.objects.filter(pk=row.pk), row, span)
        Consultation.objects.update(citizen_seen_at=timezone.now())

    def _as_holder(self, pk: UUID, act: Callable[..., None], **more: Any) -> None:
        row = Consultation.objects.get(pk=pk)
        if row.holder is not None:
            tried(lambda: act(consultation=row, counsellor=row.holder, epoch=row.epoch, **more))

    @invariant()
    def after_the_sweep_everything_holds(self) -> None:
        if not hasattr(self, "staff"):
            return
        sweep_once()
        rows = list(Consultation.objects.all())
        self._one_holder(rows)
        self._within_capacity(rows)
        self._nobody_waits_in_vain()
        self._nobody_is_overtaken(rows)
        assert {row.pk: row.arrived_at for row in rows} == self.arrivals

    def _one_holder(self, rows: list[Consultation]) -> None:
        for row in rows:
            assert row.is_held == (row.state in (State.ACTIVE, State.OFFERED))
            assert row.is_closed == bool(row.close_reason)

    def _within_capacity(self, rows: list[Consultation]) -> None:
        for given in Assignment.objects.all():
            assert given.load_before + 1 <= given.capacity
        held = [row for row in rows if row.is_held]
        for row in held:
            assert row.slot is not None
            assert row.slot <= 2 * 3
        assert len({(row.holder_id, row.slot) for row in held}) == len(held)

    def _nobody_is_overtaken(self, rows: list[Consultation]) -> None:
        """Who waited, free for anybody, is still before whoever has been taken since."""
        in_line = [row for row in rows if self.was.get(row.pk) == (row.epoch, True)]
        for row in in_line:
            for taken in rows:
                same = (taken.topic_id, taken.language, taken.priority) == (
                    row.topic_id,
                    row.language,
                    row.priority,
                )
                if same and row.state == State.WAITING and not row.restricted_until:
                    since = taken.epoch > self.was.get(taken.pk, (0, False))[0]
                    freely = self.was.get(taken.pk, (0, True))[1]
                    assert not (since and freely and taken.arrived_at > row.arrived_at)
        self.was = {
            row.pk: (row.epoch, row.state == State.WAITING and not row.restricted_until)
            for row in rows
        }

    def _nobody_waits_in_vain(self) -> None:
        seats = [seat.available for seat in line.roster(timezone.now()).values()]
        for row in line.heads(line.every_key()).values():
            for head in row:
                assert not [each for each in seats if can_take(each, head.waiting)]


def tried(act: Callable[[], Any]) -> None:
    """A refusal is an answer, too."""
    try:
        with transaction.atomic():
            act()
    except ValidationError:
        pass


def moved(rows: QuerySet[Consultation], row: Consultation, span: timedelta) -> None:
    """Every clock that runs for this row is so much further."""
    stamps = {name: getattr(row, name) for name in STAMPS}
    rows.update(**{name: at - span for name, at in stamps.items() if at is not None})


@pytest.mark.django_db
def test_whatever_happens_every_invariant_holds() -> None:
    run_state_machine_as_test(
        House,
        settings=settings(
            max_examples=16 if connection.vendor == "sqlite" else 8,
            phases=[Phase.generate, Phase.reuse],
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
