"""`python -m bench.inside.cards`: a large catalogue, and how long its search takes.

    make COUNT    so many cards, every one a sample card for another trade and another town
    ask TIMES     all questions so often; prints the 95th percentile in milliseconds, as JSON

Of its TIMES each question counts with the best: what else the machine does is not measured.

Every card takes a part of the words of its sample, and sentences of other ones, so that words are
as frequent as in a large catalogue, not all in every card.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command

from agency.models import Skill, Topic, Unit
from catalog.models import CardEdition, ServiceCard
from catalog.operations import snapshot_of
from catalog.queries import find_cards
from catalog.search.indexing import rebuild

BATCH: Final = 100
TRADES: Final = (
    "نانوایان رانندگان خیاطان جوشکاران قالی‌بافان معدن‌کاران آرایشگران آشپزان پرستاران معلمان "
    "نجاران آهنگران برق‌کاران لوله‌کشان نقاشان کفاشان صیادان دامداران باغداران زنبورداران "
    "عکاسان مترجمان حسابداران مهندسان کارگران‌ساختمانی باربران ملوانان خلبانان داروسازان "
    "دندان‌سازان بافندگان رنگرزان سفالگران شیشه‌گران چاپخانه‌داران کتابفروشان هنرمندان ورزشکاران "
    "نگهبانان مکانیک‌ها تراشکاران ریخته‌گران سنگ‌تراشان گچ‌کاران کاشی‌کاران عایق‌کاران جرثقیل‌داران"
)
TOWNS: Final = (
    "تهران مشهد اصفهان شیراز تبریز کرج قم اهواز کرمانشاه ارومیه رشت زاهدان همدان کرمان یزد اردبیل "
    "بندرعباس اراک زنجان سنندج قزوین خرم‌آباد گرگان ساری بجنورد بوشهر بیرجند ایلام شهرکرد سمنان "
    "یاسوج کاشان دزفول آبادان بروجرد سبزوار نیشابور مراغه مرند میانه ملایر قوچان تربت‌حیدریه"
)


def read(path: str) -> Any:
    return json.loads((Path(settings.BASE_DIR) / path).read_text("utf-8"))


def make(count: int) -> None:
    call_command("compile_translations", verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_sample", verbosity=0)
    chance = random.Random(7)
    cards = islice(_varied(chance), count - ServiceCard.objects.count())
    while batch := list(islice(cards, BATCH)):
        _store(batch, chance)
    rebuild()


def _varied(chance: random.Random) -> Iterator[ServiceCard]:
    samples = read("catalog/sample/services.json")["services"]
    sentences = [
        each.strip() for one in samples for each in one["description"]["fa"].split(".") if each
    ]
    units, skill = list(Unit.objects.all()), Skill.objects.earliest("pk")
    number = 0
    while True:
        for base in samples:
            number += 1
            card = _one(base, number, sentences, chance)
            card.unit, card.skill = chance.choice(units), skill
            yield card


def _one(
    base: dict[str, Any], number: int, sentences: list[str], chance: random.Random
) -> ServiceCard:
    """A sample card for one trade in one town, with some of its words and some of others'."""
    trade, town = chance.choice(TRADES.split()), chance.choice(TOWNS.split())
    own = [each.strip() for each in base["description"]["fa"].split(".") if each.strip()]
    told = [*chance.sample(own, k=max(1, len(own) // 2)), *chance.sample(sentences, k=2)]
    words = base["keywords"]["fa"]
    kept = chance.sample(words, k=max(2, len(words) * 2 // 3))
    return ServiceCard(
        slug=f"{base['slug']}-{number}",
        code=f"B-{number}",
        status=ServiceCard.Status.PUBLISHED,
        title_fa=f"{base['title']['fa']} {trade} {town}",
        title_en=base["title"]["en"],
        description_fa=". ".join(told),
        description_en=base["description"]["en"],
        keywords=[*kept, trade],
        content={**base, "keywords": [*kept, trade]},
    )


def _store(cards: list[ServiceCard], chance: random.Random) -> None:
    ServiceCard.objects.bulk_create(cards)
    CardEdition.objects.bulk_create(
        CardEdition(card=card, number=1, snapshot=snapshot_of(card), valid_from=date(2026, 1, 1))
        for card in cards
    )
    topics = list(Topic.objects.all())
    link = ServiceCard.topics.through
    link.objects.bulk_create(link(servicecard=card, topic=chance.choice(topics)) for card in cards)


def ask(times: int) -> None:
    questions = [each["text"] for each in read("agency/sample/questions.json")["questions"]]
    questions += [each["text"] for each in read("tests/catalog/held_out.json")]
    for each in questions[::8]:
        find_cards(each)
    taken = [min(_timed(each) for _time in range(times)) for each in questions]
    found = sum(bool(find_cards(each)) for each in questions)
    void = "" if found == len(questions) else f"{len(questions) - found} found nothing"
    sys.stdout.write(
        json.dumps(
            {
                "p95_ms": quantiles(taken, n=20)[-1],
                "median_ms": quantiles(taken, n=2)[0],
                "cards": ServiceCard.objects.count(),
                "questions": len(questions),
                "void": void,
            }
        )
    )


def _timed(question: str) -> float:
    start = time.perf_counter()
    find_cards(question)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    {"make": make, "ask": ask}[sys.argv[1]](int(sys.argv[2]))
