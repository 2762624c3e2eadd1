"""The style sheets and templates keep the rules that a browser would not complain about."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEETS = sorted((settings.BASE_DIR / "static").rglob("*.css"))
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
PHYSICAL = re.compile(
    r"^\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?:left|right|top|bottom):"
    r"|(?:min-|max-)?(?:width|height):|text-align:\s*(?:left|right))",
    re.MULTILINE,
)


def named(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


@pytest.mark.parametrize("sheet", SHEETS, ids=named)
def test_a_sheet_knows_no_left_and_no_right(sheet: Path) -> None:
    assert not PHYSICAL.findall(sheet.read_text(encoding="utf-8"))


@pytest.mark.parametrize("sheet", [s for s in SHEETS if s.name != "tokens.css"], ids=named)
def test_a_sheet_takes_its_colours_from_the_tokens(sheet: Path) -> None:
    assert not re.findall(r"#[0-9a-f]{3,8}\b", sheet.read_text(encoding="utf-8"))


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_a_template_has_no_inline_style_and_no_inline_script(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    assert not re.findall(r"\sstyle=|\son[a-z]+=\"(?!{{)[^\"]*\(", text)
    assert all("nonce" in tag or "src=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = (settings.BASE_DIR / "static" / "design" / "icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    asked = {
        name
        for template in TEMPLATES
        for name in re.findall(
            r'{% (?:icon|drawn) "([\w-]+)"', template.read_text(encoding="utf-8")
        )
    }

    assert asked <= drawn
