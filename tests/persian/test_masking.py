"""What is covered before anything is stored, and what is left alone.

Every number here is invented. The lines of masking_lines.json are tried one by one; the
sample dialogues say letter by letter what shall remain of them.
"""

import json
import time
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persian.digits import in_digits_of
from persian.identifiers import card_ok, national_id_ok, sheba_ok
from persian.masking import Hit, find_personal_data, mask, masked
from persian.tracking import format_tracking, new_tracking_code

ROOT = Path(__file__).parents[2]
LINES = json.loads(Path(__file__).with_name("masking_lines.json").read_text("utf-8"))
DIALOGUES = json.loads((ROOT / "chat/sample/dialogues.json").read_text("utf-8"))["dialogues"]
TURNS = [turn for dialogue in DIALOGUES for turn in dialogue["turns"]]


def kinds(text: str) -> list[str]:
    return [hit.kind for hit in find_personal_data(text)]


@pytest.mark.parametrize("line", LINES["masked"], ids=lambda line: line["text"])
def test_personal_data_is_found(line: dict[str, Any]) -> None:
    assert kinds(line["text"]) == line["kinds"]


@pytest.mark.parametrize("line", LINES["masked"], ids=lambda line: line["text"])
def test_a_masked_line_is_not_masked_again(line: dict[str, Any]) -> None:
    once = mask(line["text"])
    assert mask(once) == once


@pytest.mark.parametrize("line", LINES["untouched"])
def test_other_lines_are_left_alone(line: str) -> None:
    assert mask(line) == line


def test_there_are_enough_dialogues_to_mean_something() -> None:
    assert len(TURNS) == 318


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn["text"][:40])
def test_the_dialogues_are_masked_as_they_say(turn: dict[str, Any]) -> None:
    text, hits = masked(turn["text"])

    assert text == turn["masked"]
    assert [(hit.kind, hit.start, hit.end, hit.valid) for hit in hits] == [
        (item["kind"], item["start"], item["end"], item["valid"]) for item in turn["pii"]
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("کارت ۶۰۳۷۹۹۰۰۰۰۰۰۰۰۰۶ من", "کارت **** **** **** 0006 من"),
        ("کد ملی ۰۰۱۲۳۴۵۶۷۹.", "کد ملی *******679."),
        ("+98 900 000 0001", "0900*******"),
        ("(09000000001)", "(0900*******)"),
        ("رمزم Ali@1234 است", "رمزم ●●●● است"),
        ("رمزم Ali@1234!", "رمزم ●●●●"),
        ("رمزم علی1234", "رمزم ●●●●"),
        ("رمزم1234است", "رمزم●●●●است"),
        ("كلمة المرور: سلام۱۲۳", "كلمة المرور: ●●●●"),
        ("login: ali / 12345678", "login: ali / ●●●●"),
        ("ali @ example . com", "a***@example.com"),
        ("کارت من 60379971 12345675", "کارت من **** **** **** 5675"),
        ("Test.Investor@Example.com", "T***@Example.com"),
        ("user [at] example [dot] com", "u***@example.com"),
        ("گذرنامه P12345678", "گذرنامه P*****78"),
        ("ir76-0170-0000-0000-0000-0000-01", "IR** **** 0001"),
        ("کدپستی 11111-11111", "کدپستی ******1111"),
    ],
)
def test_enough_is_left_to_recognise_ones_own(text: str, shown: str) -> None:
    assert mask(text) == shown


def test_a_hit_says_where_it_stood_and_whether_it_may_be_kept() -> None:
    text = "😀 کد\u200cملی: ۰۰۱۲۳\u200c۴۵۶۷۹ رمز 4821"

    national, secret = find_personal_data(text)

    assert national == Hit(
        kind="national_id",
        start=10,
        end=21,
        raw="۰۰۱۲۳\u200c۴۵۶۷۹",
        valid=True,
        masked="*******679",
        keep="vault",
    )
    assert (secret.raw, secret.keep) == ("4821", "never")


def test_cards_and_secrets_are_never_kept() -> None:
    hits = find_personal_data("6037990000000006 رمز 4821 کد ملی 0012345679 a@example.ir")
    assert [hit.keep for hit in hits] == ["never", "never", "vault", "vault"]


# --- Numbers by chance

SEEDS = st.integers(0, 10**9)
LANGUAGES = st.sampled_from(["fa", "ar", "en"])


def numbers(random: Random, size: int) -> str:
    return "".join(str(random.randrange(10)) for _ in range(size))


@given(SEEDS, LANGUAGES, st.sampled_from(["", " ", "-", ".", "_", " - "]))
def test_every_card_is_found(seed: int, language: str, joint: str) -> None:
    random = Random(seed)
    digits = next(
        card for card in iter(lambda: "6037" + numbers(random, 12), None) if card_ok(card)
    )
    card = joint.join(digits[i : i + 4] for i in range(0, 16, 4))

    assert kinds(f"بفرمایید {in_digits_of(card, language)} ممنون") == ["card"]


@given(SEEDS, LANGUAGES, st.sampled_from([" ", "-", "."]))
def test_a_bank_card_is_found_in_any_grouping(seed: int, language: str, joint: str) -> None:
    random = Random(seed)
    card = "603799" + numbers(random, 10)
    cuts = sorted(random.sample(range(1, 16), random.randrange(1, 16)))
    groups = [card[start:end] for start, end in pairwise([0, *cuts, 16])]

    assert kinds(f"بفرمایید {in_digits_of(joint.join(groups), language)} ممنون") == ["card"]


@given(SEEDS, LANGUAGES)
def test_every_national_id_is_found(seed: int, language: str) -> None:
    random = Random(seed)
    number = next(n for n in iter(lambda: "0" + numbers(random, 9), None) if national_id_ok(n))

    assert kinds(f"این {in_digits_of(number, language)} است") == ["national_id"]


@given(SEEDS, LANGUAGES)
def test_every_sheba_is_found(seed: int, language: str) -> None:
    random = Random(seed)
    number = next(n for n in iter(lambda: "IR" + numbers(random, 24), None) if sheba_ok(n))

    assert kinds(f"به {in_digits_of(number, language)} بریزید") == ["sheba"]


@given(SEEDS, LANGUAGES)
def test_no_tracking_code_of_ours_is_covered(seed: int, language: str) -> None:
    code = new_tracking_code(Random(seed))

    for written in (code, format_tracking(code), format_tracking(code).replace("-", " ")):
        text = f"کد ملی ندارم، کد پیگیری {in_digits_of(written, language)} است"
        assert mask(text) == text


def plain_line(random: Random) -> str:
    year, month, day = (random.randrange(*span) for span in ((1380, 1410), (1, 13), (1, 30)))
    number = random.randrange(10**6)
    return random.choice(
        [
            f"از {year}/{month:02}/{day:02} تا {year + 1}/{month:02}/{day:02} در {day} نوبت",
            f"{year}-{month:02}-{day:02} ساعت {day % 24}:{month:02}",
            f"مبلغ {random.randrange(10**6, 10**8):,} ریال برای {day} روز",
            f"شماره نامه {100 + month}/{number} مورخ {year}/{month}/{day}",
            f"تلفن 021-{66000000 + number} داخلی {100 + day}",
            f"{format_tracking(new_tracking_code(random))} سال {year}",
            f"ماده {day} قانون {year} و تبصره {month} در {year + 2}",
        ]
    )


@given(SEEDS, LANGUAGES)
def test_dates_amounts_letters_and_landlines_raise_no_alarm(seed: int, language: str) -> None:
    text = in_digits_of(plain_line(Random(seed)), language)
    assert mask(text) == text


# --- Laws of masking

WORDS = (
    "کد ملی|کدملی|رمز دوم|رمزم|پسورد|cvv2|کد تایید|شماره کارت|شبا|IR|موبایل|گذرنامه|شماره حساب"
    "|کد پستی|my password is|pass|شماره شناسنامه|کد فراگیر|شماره نامه|مبلغ|ریال|است|و|،|:|.|/|-"
    "|\n|\u200c|0012345679|0012345678|۶۰۳۷۹۹۰۰۰۰۰۰۰۰۰۶|6037 9900 0000 0007|09000000001"
    "|+98 900 000 0001|4821|583921|760170000000000000000001|P12345678|a@example.ir|Ali@1234"
    "|hunter2|1405/09/01|7383-2335-6480|12|1|0006"
)
PIECES = st.sampled_from(WORDS.split("|"))
LIKELY = st.lists(PIECES, max_size=12).map(" ".join)


@given(st.one_of(LIKELY, st.text()))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


@given(st.one_of(LIKELY, st.text()))
def test_only_hits_are_changed(text: str) -> None:
    shown, hits = masked(text)

    assert all(text[hit.start : hit.end] == hit.raw for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))
    pieces = [hit.masked for hit in hits]
    outside = "".join(
        text[start:end]
        for start, end in zip(
            [0, *(hit.end for hit in hits)],
            [*(hit.start for hit in hits), len(text)],
            strict=True,
        )
    )
    assert len(shown) == len(outside) + sum(map(len, pieces))
    assert hits or shown == text


# --- Time

HOSTILE = [
    "1 " * 2000,
    "1" * 4000,
    "12-" * 1333,
    "6037 " * 800,
    "603799 71 1234567 5 " * 200,
    "علی1234" * 500 + " رمزم",
    "رمز " + "a@1" * 1300,
    "login: " * 500 + "/ 1234",
    "a @ b . " * 500,
    "1 22 333 4444 " * 285,
    "09000000001 " * 333,
    "7383-2335-6480 " * 266,
    "رمز 123 " * 500,
    "password " * 444,
    "my password is " + "abc " * 996,
    "کد ملی شماره حساب کد پستی " + "1 " * 1980,
    "شماره حساب 123 456 " * 210,
    "a" * 4000 + "@",
    "a@" * 2000,
    "a." * 2000 + "1@",
    "[at]a[dot]" * 400,
    "IR1 " * 1000,
    "http://a." * 440 + "1@",
    "****" * 999 + "1@",
    "1\u200c" * 2000,
    "رمز " * 1000,
    "\n" * 3990 + "111@",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:14]))
def test_a_hostile_text_cannot_hold_the_service_up(text: str) -> None:
    began = time.process_time()
    mask(text[:4000])
    assert time.process_time() - began < 0.5  # Some 30 ms on a quiet machine.
