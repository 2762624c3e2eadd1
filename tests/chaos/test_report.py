"""What breaks when is decided by the seed, and a run says what it must."""

from collections import Counter

from chaos.checker import KINDS, Verdict
from chaos.diary import Diary, Said
from chaos.faults import GREAT, Fault, schedule
from chaos.recovery import percentile, recovery
from chaos.report import Account, failures, summary
from chaos.truth import Truth
from tests.chaos.test_checker import TALK, stored

NOTHING = Truth(rows=[], given=[], last_seqs={}, states={})


def account(seconds: float = 30, wrong: str = "") -> Account:
    verdict = Verdict(7, {kind: ["x"] if kind == wrong else [] for kind in KINDS})
    return Account([], NOTHING, verdict, [], Counter(), grown=True, seconds=seconds)


def test_a_seed_decides_and_every_fault_comes_once_before_any_comes_again() -> None:
    for seed in range(20):
        order = schedule(seed, GREAT, 3)
        assert order == schedule(seed, GREAT, 3)
        for start in range(0, len(order), len(GREAT)):
            assert set(order[start : start + len(GREAT)]) == set(GREAT)

    assert len({tuple(schedule(seed, GREAT, 1)) for seed in range(20)}) > 1


def test_the_summary_is_the_line_that_was_agreed() -> None:
    assert summary(account(wrong="lost")) == (
        "acked=7 lost=1 duplicated=0 reordered=0 gaps=0 over_capacity=0 foreign_reads=0 "
        "unaccounted=0 stranded=0 recovery_p95_s=0.00"
    )


def test_any_finding_fails_a_run() -> None:
    assert failures(account()) == []
    for kind in KINDS:
        assert failures(account(wrong=kind)) == [f"{kind}: x"]


def test_a_way_back_that_was_never_taken_fails_a_run_of_a_minute() -> None:
    said = failures(account(seconds=60))

    assert "never ran: requeue" in said
    assert "never ran: dedupe" in said


def test_recovery_is_the_slowest_clients_next_answer() -> None:
    quick, slow, absent = Diary("quick"), Diary("slow"), Diary("absent")
    for diary, answered in ((quick, 10.5), (slow, 12.0), (absent, 19.0)):
        diary.said = [Said(TALK, "m", "", 9.0), Said(TALK, "later", "", 30.0)]
        diary.stored = {"m": stored("m", 1)}
        diary.stored_at = {"m": answered, "later": 31.0}
    absent.absences = [(8.0, 18.5)]

    assert recovery(Fault("kill", 8.0, 10.0), [quick, slow, absent]) == 2.0
    assert recovery(Fault("kill", 8.0, 20.0), [quick, slow]) == 0.0


def test_a_percentile_is_the_nearest_rank() -> None:
    assert percentile([], 0.95) == 0
    assert percentile([3, 1, 2], 0.95) == 3
    assert percentile(list(map(float, range(1, 101))), 0.95) == 95


def test_one_slow_recovery_in_twenty_is_borne_and_two_are_not() -> None:
    def ran(slow: int, kind: str = "kill", hurried: bool = True) -> list[str]:
        told = account()
        told.hurried = hurried
        told.faults = [Fault(kind, 20.0 * each, 20.0 * each + 1) for each in range(20)]
        diary = Diary("one")
        for number, fault in enumerate(told.faults):
            took = 6.0 if number < slow else 1.0
            diary.said.append(Said(TALK, f"c{number}", "", fault.ended))
            diary.stored_at[f"c{number}"] = fault.ended + took
        told.diaries = [diary]
        return failures(told)

    assert ran(1) == []
    [said] = ran(2)
    assert said.startswith("slow: 6.0 s after kill")
    assert ran(20, "crash") == []  # A database is given ten seconds.
    assert ran(20, hurried=False) == []  # Told, not judged.
