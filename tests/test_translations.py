"""Translations reach Django without gettext being installed."""

import os
from pathlib import Path

import polib
from django.conf import settings as house
from django.core.management import call_command
from pytest_django import Settings

from tests.phrases import phrases

PERSIAN = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Ask a counsellor"
msgstr "{words}"
"""


def catalogue(folder: Path, words: str) -> Path:
    """A Persian catalogue of one phrase."""
    source = folder / "fa" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(PERSIAN.format(words=words))
    return source


def compiled(source: Path) -> str:
    """What Django would read."""
    return str(polib.mofile(str(source.with_suffix(".mo")))[0].msgstr)


def test_a_catalogue_is_compiled(settings: Settings, tmp_path: Path) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    source = catalogue(tmp_path, "از کارشناس بپرسید")

    call_command("compile_translations")

    assert compiled(source) == "از کارشناس بپرسید"


def test_only_a_changed_catalogue_is_compiled_again(settings: Settings, tmp_path: Path) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    source = catalogue(tmp_path, "پیش")
    call_command("compile_translations")
    result = source.with_suffix(".mo")
    before = result.stat().st_mtime_ns

    call_command("compile_translations")
    assert result.stat().st_mtime_ns == before

    catalogue(tmp_path, "پس")
    os.utime(source, (result.stat().st_mtime + 1,) * 2)
    call_command("compile_translations")
    assert compiled(source) == "پس"


def test_every_phrase_of_the_house_has_its_persian() -> None:
    persian = polib.pofile(str(Path(house.BASE_DIR) / "locale/fa/LC_MESSAGES/django.po"))
    known = {(each.msgctxt, each.msgid) for each in persian if each.translated()}
    said = phrases()

    assert {each: place for each, place in said.items() if each not in known} == {}
    assert known - said.keys() == set()  # Nothing that nobody says any more.
    assert [each.msgid for each in persian.untranslated_entries()] == []
    assert [each.msgid for each in persian.fuzzy_entries()] == []
