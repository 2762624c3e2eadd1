"""A page judged by axe-core and by its own width, on a desk and on a phone."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HEIGHT = 800
JUDGED, NARROWEST = (1280, 360), 320
RUN = """async (rules) => {
    const found = await axe.run(document, {
        runOnly: { type: "tag", values: rules }, resultTypes: ["violations"], preload: false,
    });
    return found.violations.map(({ id, nodes }) => [id, nodes.map(({ target, failureSummary }) =>
        [target.join(" "), failureSummary])]);
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@cache
def script() -> str:
    """As npm brought it; `make browser` sees to that."""
    return (Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js").read_text()


def faults_of(page: Page, name: str, *, dark: bool = False) -> list[str]:
    """Everything wrong with the page as it stands, in light, at every width; in the dark too."""
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    if not page.evaluate("'axe' in window"):
        page.evaluate(script())
    faults = []
    for width in JUDGED:
        resize(page, width)
        faults += violations(page, f"{name} at {width}") + too_wide(page, f"{name} at {width}")
    if dark:
        page.emulate_media(color_scheme="dark")
        faults += violations(page, f"{name} in the dark")
        page.emulate_media(color_scheme="light")
    resize(page, NARROWEST)
    faults += too_wide(page, f"{name} at {NARROWEST}")
    resize(page, JUDGED[0])
    return faults


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.evaluate(SETTLED)


def violations(page: Page, where: str) -> list[str]:
    """What axe-core objects to, with the element and the reason."""
    found: list[tuple[str, list[Any]]] = page.evaluate(RUN, RULES)
    return [f"{where}: {rule}: {json.dumps(nodes, ensure_ascii=False)}" for rule, nodes in found]


def too_wide(page: Page, where: str) -> list[str]:
    """Nobody should have to scroll sideways."""
    excess = page.evaluate(SIDEWAYS)
    return [f"{where}: {excess} px too wide"] if excess > 0 else []
