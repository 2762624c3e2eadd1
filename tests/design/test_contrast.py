"""Every pair of colours that meets on a page can be read, in light and in dark."""

import re
from itertools import product

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static" / "design" / "tokens.css").read_text(encoding="utf-8")
GROUNDS = ["bg", "sunk", "surface", "hover", "citizen", "counsellor", "primary-soft"]
STATES = ["error", "success", "warning"]

Pair = tuple[str, str]


def colours(selector: str) -> dict[str, str]:
    """The colours that one block of tokens.css gives."""
    block = re.search(selector + r"\s*\{(.*?)\n\s*\}", TOKENS, re.DOTALL)
    assert block, f"tokens.css has no block {selector}"
    return dict(re.findall(r"--c-([\w-]+):\s*(#[0-9a-f]{6})", block[1]))


LIGHT = colours(r"\n:root")
DARK = colours(r'\n\[data-theme="dark"\]')
DARK_BY_SYSTEM = colours(r':root:not\(\[data-theme="light"\]\)')


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def written() -> list[Pair]:
    pairs = list(product(["text", "muted", "link"], GROUNDS))
    pairs += [(f"on-{ground}", ground) for ground in ("primary", "band", "note", "error")]
    pairs += [("on-primary", "primary-hover"), ("text", "note"), ("muted", "note"), ("bg", "text")]
    pairs += product(STATES, ["bg", "sunk", "surface", "hover", "citizen", "counsellor"])
    pairs += [(ink, f"{state}-soft") for state in STATES for ink in ("text", "link", state)]
    return pairs


def edges() -> list[Pair]:
    pairs = list(product(["control"], ["bg", "sunk", "surface"]))
    pairs += product(["focus"], GROUNDS)
    pairs.append(("focus-on-band", "band"))
    pairs += product(["warning-bar", "primary", "error"], ["surface", "sunk"])
    pairs += [("primary", "line"), ("error", "line")]
    return pairs


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "least"), [(written(), 4.5), (edges(), 3.0)], ids=["text", "edge"]
)
def test_every_pair_can_be_told_apart(
    scheme: dict[str, str], pairs: list[Pair], least: float
) -> None:
    weak = {pair for pair in pairs if contrast(scheme[pair[0]], scheme[pair[1]]) < least}

    assert not weak


def test_the_dark_list_stands_twice_and_is_the_same() -> None:
    assert DARK == DARK_BY_SYSTEM
    assert DARK.keys() == LIGHT.keys()
