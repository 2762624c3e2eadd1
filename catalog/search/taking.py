"""What a word of the question is taken for.

Known words are taken as they are; spoken forms are cut until a known word is left; Persian in
Latin letters is looked up by its consonants; whatever is still unknown is taken for the known
words that it resembles.
"""

from collections.abc import Iterable, Mapping

from catalog.search.concepts import Concepts
from catalog.search.words import Lexicon, Word
from persian.folding import light_stem
from persian.latin import latin_readings, likeness, skeleton
from persian.nearness import nearness
from persian.speech import LATIN_PARTICLES, readings, says_little

MOST_UNKNOWN = 6
NEAR, LIKE = 0.62, 0.62  # What is less alike is another word.
SURE = 0.74  # So much alike, it is worth asking: "did you mean …?"
CUT, MISSPELT, LATIN = 0.9, 0.8, 0.9


def take_known(word: Word, having: Mapping[str, int], concepts: Concepts) -> None:
    """Itself where it is known; else what is left of it when its endings are cut."""
    parts = [each for each in word.taken if len(each) > 2 and not says_little(each)]
    word.taken = {}
    if word.little:
        return
    for each in parts:
        if each in having or each in concepts.words:
            word.take(each, CUT)
    forms = readings(word.typed)
    if word.typed in having:
        word.take(word.typed, 1.0)
        word.take(light_stem(word.typed), 0.95)
        word.certain = True
        return
    known = [each for each in forms if each in having]
    for sure, each in zip((CUT, CUT - 0.15, CUT - 0.3), known, strict=False):
        word.take(each, sure if each != forms[0] else 1.0)
    for each in forms[:8]:
        if each in concepts.words:
            word.take(each, 0.6)
    word.certain = bool(word.taken)


def take_latin(words: Iterable[Word], lexicon: Lexicon, concepts: Concepts) -> None:
    """Words in Latin letters that are no English here may be Persian."""
    open_words = [each for each in words if each.latin and not each.taken and not each.little]
    for word in open_words:
        word.little = word.typed in LATIN_PARTICLES
    open_words = [each for each in open_words if not each.little]
    if not open_words:
        return
    bones = {each.typed: _skeletons(each.typed) for each in open_words}
    found = lexicon.sounding({bone for each in bones.values() for bone in each.values()})
    for word in open_words:
        alike = [
            (likeness(reading, each) * (1 - 0.03 * (len(word.typed) - len(reading))), each)
            for reading, bone in bones[word.typed].items()
            for each in (*found.get(bone, ()), *concepts.sounding(bone))
        ]
        for sure, each in sorted(alike, reverse=True)[:4]:
            if sure >= LIKE:
                word.take(each, sure * LATIN)
        word.certain = bool(word.taken)


def _skeletons(typed: str) -> dict[str, str]:
    return {each: bone for each in latin_readings(typed) if len(bone := skeleton(each)) > 1}


def take_near(words: Iterable[Word], lexicon: Lexicon, concepts: Concepts) -> None:
    """Unknown words may be misspelt ones."""
    unknown = [
        each for each in words if not each.certain and not each.little and len(each.typed) > 3
    ][:MOST_UNKNOWN]
    found = lexicon.near({each.typed for each in unknown}) if unknown else {}
    for word in unknown:
        near = {*found.get(word.typed, ()), *concepts.near(word.typed)}
        alike = [
            (nearness(form, each) - 0.02 * (len(word.typed) - len(form)), each)
            for each in near
            for form in readings(word.typed)[:6]
        ]
        for sure, each in sorted(alike, reverse=True)[:4]:
            if sure >= NEAR:
                word.take(each, sure * MISSPELT)
        listed = [each for each in found.get(word.typed, ()) if not word.taken.get(word.typed)]
        sure, best = max(((nearness(word.typed, each), each) for each in listed), default=(0, ""))
        word.instead = best if sure >= SURE else ""
