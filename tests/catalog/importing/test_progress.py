"""A bar on a terminal, silence in a log."""

import io

import pytest

from catalog.importing.progress import ProgressBar
from catalog.importing.slugs import free_slug, slug_of


class Terminal(io.StringIO):
    """Somebody watches."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_it_is() -> None:
    terminal = Terminal()
    bar = ProgressBar(terminal)
    bar(1, 2)
    bar.end()

    assert " 50%" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r")


def test_a_log_is_not_drawn_into() -> None:
    log = io.StringIO()
    bar = ProgressBar(log)
    bar(1, 2)
    bar.end()

    assert log.getvalue() == ""


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("صدور پروانه", "sdvr-prvanh"),
        ("می‌خواهم", "mikhvahm"),
        ("ثبت ۲ شركت‌هاي", "sbt-2-shrkthai"),
        ("Licence (new)", "licence-new"),
        ("؟!", ""),
    ],
)
def test_a_title_becomes_an_address(title: str, slug: str) -> None:
    assert slug_of(title) == slug
    assert len(slug_of(title * 30)) <= 80


def test_an_address_that_is_taken_gets_a_number() -> None:
    assert free_slug("a", {"a", "a-2"}) == "a-3"
