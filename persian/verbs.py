"""Which verb a spoken form is of: «نمیدن» and «ندادند» are both «ندادن».

Speech wears verbs down too far for cutting endings off, so the common ones are told by their
stems. What is not and what is are kept apart: they mean opposite things.
"""

from collections.abc import Iterator

from persian.folding import fold
from persian.text import ZWNJ

# Infinitive: stems of the present | of the past, spoken ones among them.
_VERBS = """
    دادن: ده د | داد
    گرفتن: گیر | گرفت
    کردن: کن | کرد
    شدن: ش شو | شد
    خواستن: خوا خواه | خواست
    توانستن: تون توان | تونست توانست
    رفتن: ر رو | رفت
    آمدن: ا ای یا | اومد امد یومد یامد
    گفتن: گ گو | گفت
    افتادن: افت یفت | افتاد یفتاد
    شکستن: شکن شکون | شکست
    مردن: میر | مرد
    گذاشتن: ذار گذار | ذاشت گذاشت
    ساختن: ساز | ساخت
    بستن: بند | بست
    فروختن: فروش | فروخت
    خریدن: خر | خرید
    دوختن: دوز | دوخت
    پختن: پز | پخت
    بافتن: باف | بافت
    زدن: زن | زد
    خوردن: خور | خورد
    بردن: بر | برد
    باختن: باز | باخت
    انداختن: انداز نداز | انداخت
    گشتن: گرد | گشت
    فرستادن: فرست | فرستاد
    نوشتن: نویس | نوشت
    دیدن: بین | دید
    دانستن: دون دان | دونست دانست
    آوردن: ار یار | اورد
    ماندن: مون مان | موند ماند
    سوختن: سوز | سوخت
    پرداختن: پرداز | پرداخت
    رسیدن: رس | رسید
    بریدن: بر | برید
    کشتن: کش | کشت
    نشستن: شین | نشست
    کشیدن: کش | کشید
    ترسیدن: ترس | ترسید
    بخشیدن: بخش | بخشید
    پذیرفتن: پذیر | پذیرفت
"""
_PERSONS = "م ی ه د ن یم ید ین ند ت ش تم".split()  # noqa: SIM905
_PAST = ["", *_PERSONS, *"هام ان نش نم نمون هاند مش شون".split()]  # noqa: SIM905


def infinitive(word: str) -> str:
    """«نمیده», «ندادن» → «ندادن»; «بدن», «میدهند» → «دادن»; nothing for what is no known verb."""
    return _CONJUGATED.get(word, "")


def _conjugated() -> dict[str, str]:
    forms: dict[str, str] = {}
    for line in _VERBS.strip().splitlines():
        name, stems = line.split(":")
        present, past = (each.split() for each in stems.split("|"))
        for each, form in _forms(fold(name), present, past):
            forms.setdefault(form.replace(ZWNJ, ""), each)
    return forms


def _forms(name: str, present: list[str], past: list[str]) -> Iterator[tuple[str, str]]:
    """Each form with the infinitive that it stands for."""
    for stem in present:
        for person in _PERSONS:
            yield from ((name, f"{before}{stem}{person}") for before in ("می", "ب"))
            yield from ((f"ن{name}", f"{before}{stem}{person}") for before in ("نمی", "ن"))
    for stem in past:
        for ending in _PAST:
            yield from ((name, f"{before}{stem}{ending}") for before in ("", "می"))
            yield from ((f"ن{name}", f"{before}{stem}{ending}") for before in ("ن", "نمی"))


_CONJUGATED = _conjugated()
