"""Every phrase that the house's own code and pages want translated, found without gettext."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation.template import templatize

Phrase = tuple[str | None, str]  # With its context, if it has one.

PLAIN: Final = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
IN_CONTEXT: Final = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
ROOMS: Final = "accounts agency catalog chat consult desk editorial live oversight persian trust"
STRING: Final = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_PAGES: Final = re.compile(
    rf"(?:\b(n?p?gettext)|(?<!\w)_)\(\s*{STRING}(?:,\s*{STRING})?", re.DOTALL
)


def phrases() -> dict[Phrase, str]:
    """Each phrase, and one place that says it."""
    root = Path(settings.BASE_DIR)
    rooms = [path for room in ROOMS.split() for path in (root / room).rglob("*.py")]
    code = [*root.glob("*.py"), *rooms]
    pages = [*(root / "templates").rglob("*.html"), *(root / "templates").rglob("*.txt")]
    found = [(path, in_code(path.read_text())) for path in code]
    found += [(path, in_page(path.read_text())) for path in pages]
    return {phrase: str(path.relative_to(root)) for path, phrases in found for phrase in phrases}


def in_code(source: str) -> Iterator[Phrase]:
    """What a Python module hands to gettext."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            said = [each.value for each in node.args if isinstance(each, ast.Constant)]
            words = [each for each in said if isinstance(each, str)]
            if node.func.id in PLAIN and words:
                yield None, words[0]
            elif node.func.id in IN_CONTEXT and len(words) > 1:
                yield words[0], words[1]


def in_page(source: str) -> Iterator[Phrase]:
    """What a template hands to gettext."""
    for call in IN_PAGES.finditer(templatize(source)):
        first, second = call[2], call[3]
        if "p" in (call[1] or "").removesuffix("gettext"):
            yield ast.literal_eval(first), ast.literal_eval(second)
        else:
            yield None, ast.literal_eval(first)
