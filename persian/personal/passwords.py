"""Passwords, PINs and one-time codes: whatever a person should never have told us.

They have no shape of their own, so a word must announce them; and since people also talk
about passwords without telling one, what stands there must look like a value.
"""

import re
from collections.abc import Iterator

from persian.personal.groups import Run
from persian.personal.hit import Hit
from persian.personal.labels import Label, Labels
from persian.personal.reading import SECRET, Reading

_PASSWORD = frozenset({"password"})
_ANY_SECRET = frozenset({"password", "secret"})

_REACH = 34  # Letters between the word and the value: «رمز دوم که برایم فرستادند این بود».
_WORDS_BETWEEN = 8
_WORD = re.compile(r"[^\s\x00-\x02]+")
_LETTER = re.compile("[a-z]")
_VALUE = re.compile(r"[!-~]{4,64}")
_ADDRESS = re.compile(r"https?:|www\.|.*\.(?:ir|com|org|net|gov|edu|info|app)\b")
_BESIDE_LETTERS = re.compile(r"[0-9]|(?<=.)[@#$%^*!+=~]|^[@#$%^*!]+.*[@#$%^*!]")
_EVERYDAY = re.compile(
    r"[0-9]+(?:st|nd|rd|th|h|hrs?|min\w*|s|sec\w*|d|days?|months?|years?|[kmg]b?|[ap]m|x|%)"
    r"|(?:windows|iphone|ios|android|office|covid|version|galaxy|ver|v)[-.0-9]+\w?|[0-9.,:/%+*-]+"
    r"|[ap]\d|2fa|mp[34]"
)
_LAST_WORD = re.compile(r"[.?!؟]$|^[^0-9]?[0-9]{3,}[^0-9]?$")
_QUOTES = "\"'«»“”‘’()[]<>.,;:!?؟،؛"
_OWN = re.compile(
    r"(?:(?<!دو)م|مو|مون|مه|من|ما|ش|شو|شه)$|(?:my|our)\s+\S+$|(?<![a-z])ramz(?:am|esh)$"
)
_IS = re.compile(r"\s*(?:است|هست|بود|می\s?باشد|میباشه|ه|یه|ast|hast)(?!\w)")
_SAYS = re.compile(r"\s*(?:من|ما|ام)?\s*[:=]\s*$|\s*(?:is|was|are|=)?\s*[:=]?\s*[\"'«“‘]$")
_NOT_SAID = re.compile(
    r"(?:forgot\w*|lost|wrong|incorrect|invalid|required?|expired|empty|none|null|reset|changed|"
    r"blocked|locked|unknown|yes|sent|missing|error|optional|login|username|email|mobile)$"
)

_LOOSE_START = re.compile(r"(?:[:=\s\"'«(-]|is|was|are|hast|ast|no|number|my){0,12}")
_ENGLISH_NOUN = re.compile(r"\s+(?!h?ast(?!\w)|bo+d|and|or|is|was|plus|with)[a-z]{3,}")
_UNIT = re.compile(
    r"\s*-?(?:رقم|کاراکتر|حرف|ریال|تومان|تومن|هزار|میلیون|میلیارد|ساعت|دقیقه|ثانیه|روز|هفته|ماه|سال"
    r"|بار(?!\w)|مرتبه|نوبت|دفعه|نفر|درصد|متر|مورد|ستاره|پیامک|٪|%|میده|می دهد|میزنه"
    r"|digit|char|time|minute|second|hour|day|week|month|year|attempt|people|rial|toman|percent|ra[gq]h?am|bar(?!\w)|ta(?!\w))"
)
_BEFORE_A_YEAR = re.compile(r"(?:در|سال|از|تا|برای|in|since|from|until|by|year|of|sale?)\s*$")
_YEAR = re.compile(r"1[34]\d\d|20[0-3]\d")
_DIALLED = re.compile(r"(?:شماره|سر ?شماره|به|با|از|to|from|call|dial)\s*[*#]?\s*$")
_DIALLING = re.compile(
    r"پیامک|زنگ|تماس|ارسال|بفرست|فرستاد|میاد|می ?اید|اومد|امد|تلفن|بگیر"
    r"|sms|call|dial|text|send|sent"
)
_JOINED_ON = re.compile(r"[:/]\d|[.,]\d{3}(?!\d)|-\d")
_JOINED_BEFORE = re.compile(r"\d[:/.,-]$")
_STUCK = r"[\w@#$%^&*!+=~]"
_STUCK_BEFORE = re.compile(rf"(?<![^\s\x00-\x02:=«\"'(]){_STUCK}{{0,40}}[^\W\d]{_STUCK}{{0,20}}$")
_STUCK_AFTER = re.compile(
    rf"(?!(?:است|هست|بود|شد|ه|یه|رو|را|و|ولی|برای|برا|که|هم|رمز|پسورد|پین)(?!{_STUCK})){_STUCK}{{1,40}}"
)
_NEXT_OF_LIST = re.compile(r"[\s,،/-]*(?:و|یا|and|or|,|/|-)\s*\w{0,6}\s*$")

_BEFORE_THE_WORD = re.compile(
    r"\s*[\"'»)]*\s*[,:=(-]?\s*"
    r"(?:(?:رو|را|هم|همون|همان|این|میشه|=|is|was|as|my|the|our|برای|به عنوان)\s*)*"
)
_TELLING = re.compile(
    r"(?:مون|ممه|مم|مان|ش|شه|am|esh)(?!\w)|\s*(?:من|ما|ام|م|مه|ه|است|بود|هست|ست)(?!\w)"
)


def passwords(reading: Reading, labels: Labels) -> Iterator[Hit]:
    """Words of Latin letters with digits or signs, after a word that means password."""
    if not _LETTER.search(reading.text) or not labels.have(_PASSWORD):
        return
    called = [label for label in labels.all if label.kind == "password"]
    ends = [label.start for label in called[1:]] + [len(reading.text)]
    for label, end in zip(called, ends, strict=True):
        yield from _told_after(reading.text, label, end, labels)
    yield from _told_before(reading.text, labels)


def _told_after(text: str, label: Label, end: int, labels: Labels) -> Iterator[Hit]:
    end = min(end, label.end + 120)
    words = _WORD.finditer(text, label.end, end) if _LETTER.search(text, label.end, end) else ()
    for _, word in zip(range(_WORDS_BETWEEN), words, strict=False):
        if not _still_listening(text, label, labels, word):
            return
        start, end = _unquoted(text, *word.span())
        if _value_like(text[start:end]) or _said_outright(text, label, start, end):
            yield secret(*_with_exclamation(text, start, end))
            return
        if _LAST_WORD.search(word[0]):
            return


def _still_listening(text: str, label: Label, labels: Labels, word: re.Match[str]) -> bool:
    near = labels.distance(label.end, word.start()) <= _REACH
    told = SECRET in text[label.end : word.start()]
    return near and not told and not labels.begins_at(*word.span())


def _told_before(text: str, labels: Labels) -> Iterator[Hit]:
    for word in re.finditer(r"(?<!\S)[!-~]{5,64}(?= )", text):
        label = labels.after(word.end(), _PASSWORD, 14) if _value_like(word[0]) else None
        if label is None:
            continue
        between = text[word.end() : label.start]
        if _BEFORE_THE_WORD.fullmatch(between) and _owned(text, between, label):
            yield secret(*_with_exclamation(text, *_unquoted(text, *word.span())))


def _owned(text: str, between: str, label: Label) -> bool:
    """Whether somebody's secret is told («1234 رمزمه», "1234 is my PIN"), not secrets talked of."""
    said = _OWN.search(_words_of(text, label)) or _TELLING.match(text, label.end)
    return bool(said or re.search(r"\b(?:my|our)\b|(?:رو|را)\s*برای", between))


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """A value without the quotes and the full stop around it; «پسورد:Ali@1234» without its word."""
    while start < end and text[start] in _QUOTES + "=-":
        start += 1
    while start < end and text[end - 1] in _QUOTES:
        end -= 1
    return start, end


def _with_exclamation(text: str, start: int, end: int) -> tuple[int, int]:
    """An exclamation mark beside a password is more often a part of it than of the sentence."""
    while start and text[start - 1] == "!":
        start -= 1
    while end < len(text) and text[end] == "!":
        end += 1
    return start, end


def _value_like(word: str) -> bool:
    """Letters together with digits or signs, and not an address, a measure or a product."""
    if not _LETTER.search(word) or not _BESIDE_LETTERS.search(word):
        return False
    return bool(_VALUE.fullmatch(word)) and not (_ADDRESS.match(word) or _EVERYDAY.fullmatch(word))


def _said_outright(text: str, label: Label, start: int, end: int) -> bool:
    """Plain letters are a password only where it is said: «رمزم salam است», "password: qwerty"."""
    word, between = text[start:end], text[label.end : start]
    if not re.fullmatch(r"[!-~]{3,64}", word) or not _LETTER.search(word):
        return False
    if _NOT_SAID.match(word) or _ADDRESS.match(word):
        return False
    if _SAYS.fullmatch(between):
        return True
    mine = _OWN.search(_words_of(text, label) + between.rstrip())
    return bool(mine and len(between) <= 6 and _IS.match(text, end))


def _words_of(text: str, label: Label) -> str:
    return text[max(0, label.start - 4) : label.end]


def secret_numbers(reading: Reading, labels: Labels) -> Iterator[Hit]:
    """Three digits or more that a word before or after them calls a secret."""
    for run in _candidates(reading) if labels.have(_ANY_SECRET) else ():
        if _is_measure_or_date(reading.text, run):
            continue
        if _announced(reading.text, run, labels) or _called_so_after(reading.text, run, labels):
            yield secret(*_whole_word(reading.text, run, labels))


def _whole_word(text: str, run: Run, labels: Labels) -> tuple[int, int]:
    """«علی1234» is covered with its letters, «رمزم1234است» without the words that touch it."""
    before = _STUCK_BEFORE.search(text, labels.last_end(run.start), run.start)
    after = _STUCK_AFTER.match(text, run.end)
    start = before.start() if before else run.start
    if after is None or (start == run.start and not re.search(r"[^\W\d]", after[0])):
        return start, run.end
    return start, after.end()


def _candidates(reading: Reading) -> list[Run]:
    """Numbers that could be a code, each digit in the longest of them only."""
    taken: set[int] = set()
    found = []
    for run in reading.runs(8, 7, 6, 5, 4, 3, *range(9, 21)):
        if (run.joined or _in_equal_parts(run)) and taken.isdisjoint(range(run.start, run.end)):
            taken.update(range(run.start, run.end))
            found.append(run)
    return sorted(found)


def _in_equal_parts(run: Run) -> bool:
    """583 921, 58-39-21 or 4 8 2 1."""
    fits = len(run.digits) <= 8 and run.uniform and len(set(run.shape)) == 1
    return fits and run.marks[0] in " -."


def _is_measure_or_date(text: str, run: Run) -> bool:
    start, end = run.start, run.end
    before = text[max(0, start - 24) : start]
    if _UNIT.match(text, end) or _JOINED_ON.match(text, end) or _JOINED_BEFORE.search(before):
        return True
    if _YEAR.fullmatch(run.digits) and _BEFORE_A_YEAR.search(before):
        return True
    around = before + text[end : end + 30]
    return bool(_DIALLED.search(before) and _DIALLING.search(around))


def _announced(text: str, run: Run, labels: Labels) -> bool:
    label = labels.before(run.start, _ANY_SECRET, _REACH)
    if label is None or (label.kind == "secret" and len(run.digits) > 10):
        return False
    between = text[label.end : run.start]
    if text[label.start : label.end] == "pass" and not _is_noun(text, between, run.end):
        return False
    if not _same_breath(between):
        return False
    told = max(between.rfind(SECRET), _last_number(between))
    return told < 0 or _NEXT_OF_LIST.fullmatch(between[told + 1 :]) is not None


def _same_breath(between: str) -> bool:
    """A new sentence may still be the answer («رمزم؟ 4821») but not a story of its own."""
    sentence = re.split(r"[.!?؟\n]", between)[-1]
    return len(sentence) == len(between) or sum(map(str.isalpha, sentence)) <= 12


def _is_noun(text: str, between: str, end: int) -> bool:
    """ "pass: 4821" and "my pass is 4821", not "I will pass 1200 pages"."""
    return bool(_LOOSE_START.fullmatch(between)) and not _ENGLISH_NOUN.match(text, end)


def _last_number(between: str) -> int:
    """Where the last number of three digits or more before this one ends: it had the word's ear."""
    ends = [number.end() - 1 for number in re.finditer(r"[0-9]{3,}", between)]
    return ends[-1] if ends else -1


def _called_so_after(text: str, run: Run, labels: Labels) -> bool:
    label = labels.after(run.end, _ANY_SECRET, 10)
    if label is None or not _BEFORE_THE_WORD.fullmatch(text, run.end, label.start):
        return False
    if re.search(
        r"[0-9\x00-\x02]", text[label.end : label.end + 25]
    ):  # It speaks for the next number.
        return False
    return _owned(text, text[run.end : label.start], label)


_EXPIRY = re.compile(
    r"(?:انقضا\w*|exp(?:iry|ires?|iration)?(?:\s*date)?|valid thru)[^0-9\x00-\x02]{0,20}"
    r"((?:0?[1-9]|1[0-2])\s?[/-]\s?[0-9]{2,4}|(?:1[34])?[0-9]{2}\s?[/-]\s?(?:0?[1-9]|1[0-2]))(?![0-9/-])"
)


def card_expiry(reading: Reading) -> Iterator[Hit]:
    """Month and year beside a card number: together they pay."""
    for expiry in _EXPIRY.finditer(reading.text):
        yield secret(*expiry.span(1))


def secret(start: int, end: int) -> Hit:
    return Hit(kind="secret", start=start, end=end, masked="●●●●", keep="never")
