"""The words that announce what a number is: «کد ملی», "card no", «رمز دوم», ramze dovom.

Written in the one spelling of `persian.reading`: small letters, ی and ک, ه for ة, no ZWNJ.
A label speaks for the first number after it, unless another label stands in between.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
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
_LABEL = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS.items()))
# How labels begin: asking this first spares nearly every word the long pattern.
_BEGINNING = re.compile(
    r"(?<![^\W\d_])(?:[a-z]|کد|کل|کا|کو|شم|شن|شب|ش|رم|رق|رت|پس|پی|پر|پل|گذ|سی|سا|سر|سه|ال|ای|ار|اج|ات|ام"
    r"|جو|جر|حس|حق|مو|مب|ما|مد|مز|مس|هم|ها|تل|تم|تب|تا|تع|وا|بن|بخ|بد|بط|دا|دس|نا|صف|خط|خی|قی|طب)"
)
_FARTHEST = 200  # Characters of any kind, so that a hostile text is not read over and over.


@dataclass(frozen=True, slots=True)
class Label:
    kind: str
    start: int
    end: int


class Labels:
    """The labels of one text, and which of them speaks for a given place."""

    def __init__(self, text: str) -> None:
        self.all = list(_labels(text))
        self.kinds = frozenset(label.kind for label in self.all)
        self._ends = [label.end for label in self.all]
        self._letters = [0, *accumulate(map(str.isalpha, text))] if self.all else []

    def before(self, position: int, kinds: frozenset[str], reach: int) -> Label | None:
        """The nearest label of these kinds, at most `reach` letters away."""
        if self.kinds.isdisjoint(kinds):
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
        index = 0 if self.kinds.isdisjoint(kinds) else bisect_right(self._ends, position)
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
        return self._letters[end] - self._letters[start]


def _labels(text: str) -> Iterator[Label]:
    end = 0
    for beginning in _BEGINNING.finditer(text):
        label = _LABEL.match(text, beginning.start()) if beginning.start() >= end else None
        if label:
            end = label.end()
            yield Label(label.lastgroup or "", label.start(), end)
