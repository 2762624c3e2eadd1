"""The words that announce what a number is: «کد ملی», "card no", «رمز دوم», ramze dovom.

Written in the one spelling of `persian.reading`: small letters, ی and ک, ه for ة, no ZWNJ.
A label speaks for the first number after it, unless another label stands in between.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

_POSSESSIVE = (
    r"(?:م|ت|ش|مو|تو|شو|مون|تون|شون|مان|تان|شان|ام|ات|اش|مه|ته|شه|ه|ی|ای|ا|و|ها\w*|های\w*)?"
)
_S = r"[\s_.\-]*"

# In this order: the first that fits names the number.
_WORDS = {
    "birth_certificate": (
        rf"شماره{_S}شناسنامه\w*|ش\.{_S}ش(?!\w)|birth{_S}certificate{_S}(?:number|no)"
    ),
    "foreigner_code": (
        rf"(?:کد|شناسه|شماره){_S}(?:فراگیر|اتباع|فیدا|امایش|یکتای{_S}اتباع)\w*|کارت{_S}امایش\w*"
        rf"|fida{_S}(?:code|id|number)?|k?c?ode?{_S}faragir|foreign\w*{_S}(?:id|code|number)"
    ),
    "postal": (
        rf"کد{_S}پست\w*|(?:ال)?رمز{_S}(?:ال)?بریدی\w*|الرقم{_S}البریدی|post(?:al)?{_S}code|zip{_S}code"
        rf"|zip(?![a-z])|[kc]o?de?{_S}e?{_S}posti\w*"
    ),
    "passport": (
        rf"(?:شماره{_S})?(?:گذرنامه|پاسپورت)\w*|(?:رقم{_S})?(?:ال)?جواز(?:{_S}(?:ال)?سفر\w*|ی)?(?!\w)"
        r"|pass?port\w*|gozarname\w*"
    ),
    "sheba": (
        rf"(?:شماره{_S})?شبا{_POSSESSIVE}(?![^\W\d])|ایبان|iban"
        rf"|(?:shomare\w*{_S})?sh[ae]ba(?![a-z])"
    ),
    "account": (
        rf"(?:شماره|ش){_S}حساب\w*|حساب{_S}شماره|رقم{_S}(?:ال)?حساب\w*"
        rf"|حساب{_S}(?:بانک|سپرده)\w*(?=[^0-9,.!?؟\n]{{0,16}}(?:0[0-9]{{8}}|[0-9]{{12}}))"
        rf"|account{_S}(?:number|num|no)|shomare\w*{_S}hesab\w*"
    ),
    "secret": (
        rf"کد\w{{0,2}}{_S}(?:تا?یید|تاید|فعال{_S}ساز|پیامک|اس{_S}ام{_S}اس|یک{_S}بار|امنیت|اعتبار{_S}سنج"
        rf"|احراز|ورود|پویا|دوم|ارسالی|دریافتی)[^\W\d]*(?:{_S}مصرف[^\W\d]*)?"
        rf"|کد{_S}(?:[4-8]|چهار|پنج|شش|هشت){_S}رقمی"
        r"|کد(?=\s*[0-9]{4,8}\s*(?:(?:رو|را|هم|که)\s*)?(?:برای\s*)?(?:تایید|تاید|پیامک|فعال))"
        rf"|کدی{_S}که(?!{_S}(?:پیگیری|رهگیری))"
        rf"|cvv{_S}2(?!\d)|cvv|cvc{_S}2(?!\d)|cvc|سی{_S}وی{_S}وی(?:{_S}2(?!\d))?"
        r"|otp|one.?time.?(?:code|password|pass)"
        rf"|(?:verification|verify|security|activation|confirmation|auth\w*|login|sms|access){_S}code"
        r"|(?:your|my)\s+code(?=\s*(?:is|:|=)\s*(?:[0-9]{3}[ -][0-9]{3}|[0-9]{4,8})(?!\s?-?[0-9]))"
        rf"|[kc]o?de?{_S}e?{_S}(?:ta+y?i+d|taeed|payamak|faal{_S}sazi)\w*"
        rf"|رمز{_S}(?:ال)?تحقق\w*|(?:ال)?کود{_S}(?:ال)?(?:تحقق|تفعیل)\w*"
    ),
    "password": (
        rf"رمز{_POSSESSIVE}(?![^\W\d])(?!{_S}ارز(?:م|ی|ها\w*)?(?!\w))(?:{_S}(?:دوم|اول|پویا|ایستا|کارت|عبور|ورود|اینترنت|موبایل|همراه"
        rf"|بانک|یک{_S}بار{_S}مصرف|حساب|شخصی|ثابت|موقت)[^\W\d]*)*"
        rf"|پس{_S}ورد\w*|گذر{_S}واژه\w*|کلمه{_S}(?:ی{_S})?(?:عبور|رمز|(?:ال)?مرور|(?:ال)?سر)\w*"
        rf"|(?:ال)?رقم{_S}(?:ال)?سری"
        rf"|پین(?:{_S}کد)?{_POSSESSIVE}(?![^\W\d])|pass{_S}?word\w*|passwd|passcode|passphrase|pwd"
        rf"|pin(?:{_S}code|{_S}number|[12](?!\d))?(?![a-z])|pass(?![a-z])"
        rf"|ram[zs](?:am|esh?|et|e|i)?(?![a-z])"
        rf"(?:{_S}(?:do+v+o+m|av+al|p[ou]+ya|kart|[ou]b[ou]+r|v[ou]r[ou]d)\w*)*"
    ),
    "national_id": (
        rf"(?:کد|شماره|رقم){_S}(?:ی{_S})?(?:هویت{_S})?ملی\w*|شناسنامه\w*|کدملی\w*"
        rf"|national{_S}(?:identification|identity|id|code|number|no)(?:{_S}(?:number|code|no))?"
        rf"|n\.?i\.?d(?![a-z])|identity{_S}(?:number|no|card)|id{_S}(?:number|no)(?![a-z])"
        rf"|(?:[kc]o?de?|shomare\w*){_S}e?{_S}mel+i\w*"
        rf"|(?:ال)?رقم{_S}(?:ال)?(?:وطنی|هویه|قومی)\w*|رقم{_S}البطاقه{_S}الوطنیه"
    ),
    "card": (
        rf"(?:شماره{_S})?کارت\w*|(?:رقم{_S})?(?:ال)?بطاقه\w*|card\w*|(?:shomare\w*{_S})?kart\w*"
    ),
    "phone": (
        rf"(?:شماره{_S})?(?:موبایل|همراه|تلفن|تماس|واتس)\w*|(?:رقم{_S})?(?:ال)?(?:هاتف|جوال)\w*"
        r"|phone\w*|mobile\w*|tel(?![a-z])|cell(?![a-z])|whatsapp|mobayl\w*|telefon\w*"
    ),
    # A label of something else: what follows it is not ours to cover on a word's authority.
    "other": (
        r"(?:شماره|شناسه|کد|سریال)\s+"
        r"(?!(?:من|ما|خود|اش|ام|زیر|هست|است|که|رو|را|این|برا|بالا|و)\b)[^\W\d]\w+"
        r"|(?:مبلغ|ماده|بند|تبصره|پرونده|دادنامه|بخشنامه|نامه|کارگاه|پلاک|ساعت|مورخ|تاریخ|خطا|ارور|قیمت|مدل"
        r"|صفحه|داخلی|پیگیری|رهگیری|حقوق|دستمزد|مزد|وام|اجاره|مستمری|سابقه|جریمه|بدهی|مانده|موجودی|تعداد"
        r"|اتاق|طبقه|واحد|کوچه|خیابان|سهام|رتبه)\w*|سال(?!\s*تولد)\w*"
        r"|(?:error|article|page|room|case|file|letter|reference|invoice|ref|year|amount|tracking)"
        r"(?![a-z])"
        r"|(?:reg\w*|licen[cs]e|student|employee|workshop|insurance|order)\s+(?:number|no|code|id)"
    ),
}


def _alternatives(words: str) -> Iterator[str]:
    """The pattern's alternatives, those in its brackets left together."""
    depth = start = 0
    for at, sign in enumerate(words):
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and not depth:
            yield words[start:at]
            start = at + 1
    yield words[start:]


_OPENING = re.compile(r"\(\?:(?P<group>(?:[^()]|\([^()]*\))*)\)|\[(?P<any>\w+)\]|\w(?=\?)")


def _opened(words: str) -> Iterator[str]:
    """The same alternatives in the same order, each beginning with one letter."""
    for each in _alternatives(words):
        opening = _OPENING.match(each)
        if not opening:
            yield each
            continue
        rest = each[opening.end() :]
        ways = list(opening["any"] or _alternatives(opening["group"] or opening[0]))
        for way in ways:
            yield from _opened(way + rest.removeprefix("?"))
        if rest.startswith("?"):
            yield from _opened(rest[1:])


def _by_letter() -> dict[str, re.Pattern[str]]:
    """For every letter the labels that begin with it: far less to try than all of them."""
    found: dict[str, dict[str, list[str]]] = {}
    for kind, words in _WORDS.items():
        for each in _opened(words):
            found.setdefault(each[0], {}).setdefault(kind, []).append(each)
    return {
        letter: re.compile(
            "|".join(f"(?P<{kind}>{'|'.join(each)})" for kind, each in kinds.items())
        )
        for letter, kinds in found.items()
    }


_LABELS = _by_letter()
# How labels begin: asking this first spares nearly every word the long pattern.
_BEGINNING = re.compile(
    r"[\W\d_](?=ک(?:د|لمه|ار[تگ]|ود|وچه)|ش(?:مار|نا|با|[\s_.\-]*حس|\.)|ر(?:مز|قم|تب|هگ)"
    r"|پ(?:س|اس|ین|یگ|رو|لا)|گذر|س(?:ی|اع|اب|ال|ری|ها)|ا(?:ل[ربجکه]|یب|رو|جا|تا)|جو|جری|حسا|حقو"
    r"|م(?:وب|ور|وج|بل|اد|ان|دل|زد|ست)|همر|هات|ت(?:لف|ما|بص|ار|عد)|وا[محت]|ب(?:ند|خش|ده|طا)"
    r"|د(?:اد|اخ|ست)|نام|صف|خطا|خیا|قیم|طبق"
    r"|(?=[a-z])(?:bir|fid|[kc]o?d|k?c?od|for|pos|zip|pas|goz|iba|sh[aeo]|ac[ct]|cv|otp|one|ver|sec|con|aut|log|sms"
    r"|you|my|pwd|pin|ram|nat|n\.?i|id|[ck]ar|pho|mob|tel|cel|wha|err|art|pag|roo|cas|fil|let|ref|inv"
    r"|yea|amo|tra|reg|lic|stu|emp|wor|ins|ord))"
)
# Without one of these, no word makes a password or a number of less than ten digits personal.
_ASKING = re.compile(
    r"شناسنامه|ش\.|فراگیر|اتباع|فیدا|امایش|پست|بریدی|گذرنامه|پاسپورت|جواز|حساب|رمز|واژه|کلمه|پین"
    r"|ملی|وطنی|هویه|قومی|کود"
    rf"|کد(?:\w{{0,2}}{_S}(?:تا?ی|فع|پیا|پو|اس|یک|ام|اع|اح|ور|دو|ار|در|ک|[4-8]|چه|پن|شش|هش)|\s*[0-9]{{4}})"
    rf"|سی{_S}وی|پس{_S}ورد|رقم{_S}(?:ال)?سری"
)
_ASKING_IN_LATIN = re.compile(
    r"birth|fida|faragir|foreign|post|zip|gozar|account|hesab|cv|otp|one.?t|code|payamak|faal"
    rf"|ta+y?i+d|taeed|pass?|pwd|pin|ram[zs]|national|n\.?i\.?d|ident|id{_S}n|mel"
)
_ASKS = frozenset(_WORDS) - {"sheba", "card", "phone", "other"}
_FARTHEST = 200  # Characters of any kind, so that a hostile text is not read over and over.


@dataclass(frozen=True, slots=True)
class Label:
    kind: str
    start: int
    end: int


class Labels:
    """The labels of one text, and which of them speaks for a given place. Read when asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.ask = bool(_ASKING.search(text) or _ASKING_IN_LATIN.search(text))
        self._all: list[Label] | None = None
        self._kinds: frozenset[str] = frozenset()
        self._ends: list[int] = []

    @property
    def all(self) -> list[Label]:
        if self._all is None:
            self._all = list(_labels(self._text))
            self._kinds = frozenset([label.kind for label in self._all])
            self._ends = [label.end for label in self._all]
        return self._all

    def have(self, kinds: frozenset[str]) -> bool:
        """Whether there is a label of any of these kinds."""
        if not self.ask and kinds <= _ASKS:
            return False
        return bool(self.all) and not self._kinds.isdisjoint(kinds)

    def before(self, position: int, kinds: frozenset[str], reach: int) -> Label | None:
        """The nearest label of these kinds, at most `reach` letters away."""
        if not self.have(kinds):
            return None
        for index in range(bisect_right(self._ends, position) - 1, -1, -1):
            label = self.all[index]
            far = position - label.end > _FARTHEST
            if far or self.distance(label.end, position) > reach:
                return None
            if label.kind in kinds:
                return label
            if label.kind == "other":
                return None
        return None

    def after(self, position: int, kinds: frozenset[str], reach: int) -> Label | None:
        """The label that follows at once, at most `reach` letters away."""
        if not self.have(kinds):
            return None
        index = bisect_right(self._ends, position)
        if index == len(self.all) or self.all[index].start < position:
            return None
        label = self.all[index]
        near = self.distance(position, label.start) <= reach
        return label if near and label.kind in kinds else None

    def last_end(self, position: int) -> int:
        """Where the label ends that stands last before this place; 0 without any."""
        index = bisect_right(self._ends, position) - 1
        return self._ends[index] if index >= 0 else 0

    def begins_at(self, start: int, end: int) -> bool:
        """Whether these very characters are a label themselves."""
        index = bisect_right(self._ends, end) - 1
        return index >= 0 and (self.all[index].start, self.all[index].end) == (start, end)

    def distance(self, start: int, end: int) -> int:
        """How many letters stand between the two."""
        if end - start <= _FARTHEST:
            return sum(map(str.isalpha, self._text[start:end]))
        return self._letters[end] - self._letters[start]

    @cached_property
    def _letters(self) -> list[int]:
        return [0, *accumulate(map(str.isalpha, self._text))]


def _labels(text: str) -> Iterator[Label]:
    end = 0
    for beginning in _BEGINNING.finditer(" " + text):  # So each begins after something.
        start = beginning.start()
        words = _LABELS.get(text[start]) if start >= end else None
        if words and (label := words.match(text, start)):
            end = label.end()
            yield Label(label.lastgroup or "", start, end)
