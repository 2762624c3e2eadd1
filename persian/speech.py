"""Spoken Persian, and the little words of the languages people ask in.

People write as they speak: «حقوقمو نمیدن» for «حقوق مرا نمی‌دهند». What is glued to a word is cut
off one piece at a time; whoever asks knows which of the shorter forms are words. Verbs are told by
their stems, because speech wears them down too far for cutting.
"""

from collections.abc import Iterator
from functools import lru_cache

from persian.folding import STOP, fold
from persian.text import ZWNJ

_SHORTEST = 3  # Letters that must be left of a word.
_DEPTH = 3  # Endings cut off one after the other: شرکت + ها + مون + و.

# Objects, owners, "is", plurals, "a", "-er": in the order in which they are cut, outermost first.
_ENDINGS = (
    "هایشان هایمان هایتان هاشون هامون هاتون هایی های هام هات هاش هاست ها "
    "مونو تونو شونو مون تون شون مان تان شان ترین تر "
    "ست یم ید ین ند رو را مو تو شو ام ات اش ای یی گی ان ات ا و م ت ش ه ی ن"
)
_GLUED = tuple(_ENDINGS.split())
_ARABIC_ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل")
_ENGLISH_ENDINGS = ("'s", "ing", "ers", "er", "ies", "es", "ed", "s", "ly", "al", "e")

# What says nothing about the service, beyond the particles that folding leaves out.
_SPOKEN = """
    میخوام میخواهم میخوایم میخواد میخواین خواستم خواستیم خواهم خواهیم میتونم میتوانم میتونیم
    میتونین میتوانیم میشه میشود نمیشه بشه شدم شدن شدیم میکنم میکنه میکنن میکنین میکنیم میکند
    بکنم بکنیم بکنه کنین کنن کنه کردن کردیم میگن میگه میگم گفتن گفته بگم بگین هستم هستیم هستن
    هستش بودم بودیم بودن داریم دارین دارند دارن نداریم ندارم نداره داشتم داشته چیکار چکار چجوری
    چجوریه چطوریه چطوره چیه چقدر چقد چند کدوم کدام کجاست کیه الان حالا دیگه دیگر فقط خیلی همه هیچ
    همین همون اون اونا اینا ایشون خودم خودمون خودش مرسی ممنونم ببخشید درود خدا لطف دوستان عزیز
    اقا خانم خسته نباشید سلامت مورد درباره بابت خاطر چون پس بعد قبل هنوز تازه شاید حتما
    نمیدونم میدونید بدونم لازمه لازم دارید توی روی زیر پیش طرف بین مثل مثلا وقتی موقع جا جایی
    سوال سؤال داشتم بنده جناب میخواستم خواستن باشه باشم نیست نیستم نیستن همش هی بس بلکه وگرنه
    لطفاً برام برامون برای بهم بهمون بهش ازم ازش باهام واسم واسه میاد میره رفته رفتم اومدم اومده
    میام بریم برم برو بیا اومد گرفتم بگیرم بگیریم میگیرم میگیرن بگیره میگیره بدم بدیم بدین میدین
    میدن بدن میده بده دادم دادن داده نمیدن نمیده ندادن نداده میدم ولی هرچی یعنی کسی چیزی
"""
_ENGLISH = """
    the a an and or of to in on at by for with from about as is are was were be been am do does did
    done has have had having can could may might must shall should will would i me my mine we us our
    you your he him his she her it its they them their this that these those there here what which
    who whom whose when where why how not no yes if so than then too very just only also any some
    all more most much many please hi hello dear thanks thank want need get got go
"""
_ARABIC = """
    انا نحن انت هو هی هم هذا هذه ذلک تلک التی الذی الذین من الی علی عن فی مع بین بعد قبل عند
    عندی لدی لدینا لی لک له لها لنا لهم بی به بها کیف این متی لماذا ماذا ما هل کم ای او ام ثم
    لکن لکنه و ان انه انها قد لم لن لا لیس غیر کان کانت یکون تکون هناک هنا کل بعض ارید نرید
    اود ارغب یمکن یمکننی یجب احتاج نحتاج احصل نحصل الحصول طلب حول بسبب منذ عندما اذا وارید
    شکرا مرحبا السلام علیکم یا من فضلک وکیف وما فقط ایضا یعتبر تعتبر
"""
# Persian in Latin letters: its particles, and the verbs of asking.
_LATIN = """
    man mn ma to u oon oona in un va o ke az be ba ta ro ra ya ham ham agar age chi che chie chera
    koja kojast kay key ki kudum kodum kodoom chetor chetori chejoori chejuri chjori chjuri chegune
    cheghad cheghadr chand chandta mikham mikhaam mikhahim mikhaym mikhaim mikhayim mikhastam
    mikhad mikhan mishe mishavad mishod nemishe beshe shod shode shodam shodan shodim ast hast
    hastam hastim hasti bood boode boodam darim daram dare darin darad dashtam dashte nadarim nadare
    nadaram kon konam konim konin kone konid konan kard karde kardam kardan bokonam mikonam mikone
    mikonan mikonid mikonim bayad baraye bara vase salam dorood lotfan mamnoon merci mersi shoma
    ghadr ghad alan hala dige hanooz faghat kheili kheyli hame inja oonja tu too tooye tuye dar
    begiram begirim bigiram migiram migire gereftam gereftan begire bedam bedim bedan bede mide
    midan nemide nemidan nadadan nadade dadan dad begam migam mige migan nist nistam baz darbare
    rooye ru rooy hich har hichi chon pas vali ama mitoonam mitunam mitoonim mitonam befrestim
    bashe basham bashim soal sual moshkel khodam dashtim
"""
_PARTICLES = frozenset(
    word.replace(ZWNJ, "") for word in fold(f"{_SPOKEN} {_ENGLISH} {_ARABIC}").split()
)
LATIN_PARTICLES = frozenset(_LATIN.split())


def says_little(word: str) -> bool:
    """A particle, a greeting or a word of asking, in any of the languages."""
    return word in STOP or word in _PARTICLES


@lru_cache(4096)
def readings(word: str) -> tuple[str, ...]:
    """The folded word, then what it may be without what is glued to it, least cut first."""
    found = {word: 0}
    edge = [word]
    for _each in range(_DEPTH):
        edge = [shorter for each in edge for shorter in _shorter(each) if shorter not in found]
        found |= {each: len(word) - len(each) for each in edge}
    return tuple(sorted(found, key=found.__getitem__))


def _shorter(word: str) -> Iterator[str]:
    if word.isascii():
        yield from _shorter_english(word)
        return
    for ending in _GLUED:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word.removesuffix(ending)
    for article in _ARABIC_ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST:
            yield word.removeprefix(article)
    if word.endswith("ه") and len(word) > _SHORTEST:
        yield word[:-1] + "ت"  # An Arabic ة that Persian writes ت.


def _shorter_english(word: str) -> Iterator[str]:
    for ending in _ENGLISH_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            bare = word.removesuffix(ending)
            yield bare + "y" if ending == "ies" else bare
            if ending in {"ing", "ed"}:
                yield bare + "e"
