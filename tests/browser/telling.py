"""What the people of the story say, in each language."""

from dataclasses import dataclass

# As a keyboard of Windows XP would write it, and many still do.
ARABIC_LETTERS = "بيمه بيكاري"


@dataclass(frozen=True)
class Telling:
    """What is said in one language."""

    language: str
    question: str
    neighbours: tuple[str, str, str]
    greeting: str
    thanks: str
    advice: str
    answer: str
    note: str
    name: str


TELLINGS = {
    "fa": Telling(
        language="fa",
        question="قراردادم تمام شد و تمدیدش نکردند. بیمه بیکاری می‌گیرم؟",
        neighbours=("چند ماه سابقه لازم است؟", "مهلت درخواست چند روز است؟", "مستمری چقدر است؟"),
        greeting="سلام، وقت شما بخیر. بله، بیمهٔ بیکاری به شما هم می‌رسد 🌿",
        thanks="خیلی ممنون. کد ملی من ۰۰۱۲۳۴۵۶۷۹ است.",
        advice="مهلت درخواست سی روز است.",
        answer="پروندهٔ شما به بیمه فرستاده شد.",
        note="با شعبه هماهنگ شود.",
        name="مریم",
    ),
    "en": Telling(
        language="en",
        question="My contract ended. Can I get unemployment insurance (بیمهٔ بیکاری)?",
        neighbours=("How many months are needed?", "Until when may I ask?", "How much is it?"),
        greeting="Hello! Yes, the end of a contract counts, too 🌿",
        thanks="Thank you. My national id is 0012345679.",
        advice="You have thirty days to apply.",
        answer="Your file has been sent to the insurer.",
        note="Ring the branch about it.",
        name="Maryam",
    ),
}
