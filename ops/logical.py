"""A gate for style sheets: they say inline-start and inline-end, never left and right."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PHYSICAL = re.compile(
    r"""
    [\w-]*-(left|right)(-[\w-]+)?\s*:        # margin-left: …, border-top-right-radius: …
    | (?<![\w-])(left|right)\s*:             # left: …
    | (text-align|float|clear)\s*:\s*(left|right)
    """,
    re.VERBOSE,
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def physical_lines(text: str) -> list[int]:
    """The numbers of the lines that know left from right."""
    plain = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    return [n for n, line in enumerate(plain.splitlines(), 1) if PHYSICAL.search(line)]


def main() -> int:
    """Name every such line; fail if there is one."""
    faults = [
        f"{sheet.relative_to(ROOT)}:{number}: left or right; say inline-start or inline-end"
        for sheet in sorted((ROOT / "static").rglob("*.css"))
        for number in physical_lines(sheet.read_text())
    ]
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
