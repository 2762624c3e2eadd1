"""What a question is taken to mean, and which entry fulfils it best; without a database."""

from collections.abc import Collection, Mapping, Sequence

from catalog.search.concepts import Concepts, concepts
from catalog.search.ranking import Candidate, Meaning, Ranking, Stock, Wish
from catalog.search.terms import pairs, spellings, terms_of
from catalog.search.understanding import understand
from persian.latin import skeleton

KNOWN = {"بیمه": 3, "بیکاری": 1, "حقوق": 2, "قرارداد": 2, "permit": 1}
NONE = Concepts([])


class Words:
    """A lexicon of a few words."""

    def having(self, words: Collection[str]) -> Mapping[str, int]:
        return {each: KNOWN[each] for each in words if each in KNOWN}

    def near(self, words: Collection[str]) -> Mapping[str, Sequence[str]]:
        return {each: list(KNOWN) for each in words}

    def sounding(self, skeletons: Collection[str]) -> Mapping[str, Sequence[str]]:
        return {each: [w for w in KNOWN if skeleton(w) == each] for each in skeletons}


def taken(question: str) -> set[str]:
    understood = understand(question, Words(), NONE)
    return {word for each in understood.words for word in each.taken if word in KNOWN}


def test_a_word_is_known_as_it_is_spoken_misspelt_or_in_latin_letters() -> None:
    assert taken("حقوقمو نمیدن") == {"حقوق"}
    assert taken("قراداد") == {"قرارداد"}
    assert taken("bime bikari") == {"بیمه", "بیکاری"}
    assert taken("work permits") == {"permit"}
    assert taken("سلام لطفا") == set()


def test_only_a_likely_misspelling_is_asked_about() -> None:
    understood = understand("قراداد چغندر", Words(), NONE)

    assert [each.instead for each in understood.words] == ["قرارداد", ""]


def entry(card: int, title: str = "", keywords: str = "", body: str = "") -> Candidate:
    return Candidate(card, 10.0, title, keywords, body)


def order(wishes: Sequence[Wish], *entries: Candidate) -> list[int]:
    stock = Stock(10, 10.0, KNOWN)
    return [each.card for each in Ranking(wishes, stock).rank(entries)]


def test_rarer_words_and_better_places_count_more() -> None:
    wishes = [(Meaning(("بیمه",)),), (Meaning(("بیکاری",)),)]

    assert order(wishes, entry(1, body="بیمه"), entry(2, body="بیکاری")) == [2, 1]
    assert order(wishes, entry(1, body="بیمه"), entry(2, keywords="بیمه")) == [2, 1]
    assert order(wishes, entry(2, body="بیمه"), entry(1, body="بیمه")) == [1, 2]
    assert order(wishes, entry(1, title="گذرنامه")) == []
    assert order([], entry(1, title="بیمه")) == []


def test_of_what_a_word_may_mean_the_best_counts_once() -> None:
    either = (Meaning(("بیمه",)), Meaning(("حقوق",), 0.5))

    both, best = entry(1, title="بیمه حقوق"), entry(2, title="بیمه")

    assert order([either], both, best) == [1, 2]
    ranking = Ranking([either], Stock(10, 10.0, KNOWN))
    assert ranking.score(both) == ranking.score(best)


def test_a_phrase_is_heard_when_its_words_stand_near_each_other() -> None:
    some = Concepts([{"means": ["حقوق معوقه"], "fa": ["پول نمی‌دهد"], "en": ["not paid"]}])

    def heard(*words: str) -> bool:
        return bool(some.heard([frozenset({each}) for each in words]))

    assert heard("پول", "سه", "ماه", "ندادن")
    assert not heard("پول", "دادن")
    assert not heard("پول", *"abcdefgh", "ندادن")
    assert heard("not", "paid")
    assert not heard("paid")


def test_every_concept_is_said_in_three_languages() -> None:
    assert len(concepts().means) > 50
    assert all(concepts().means)


def test_neighbours_are_one_thing_and_spellings_are_kept() -> None:
    assert pairs("پروانهٔ کار") == pairs("پروانه کار")
    assert terms_of("پروانه کار")[-1] == pairs("پروانه کار")[0]
    assert dict(spellings(["هیئت می‌شود"]))["میشود"] == "می‌شود"
