"""How the type of a field reads: for people, and for JSDoc."""

from typing import Any

from live.frame import MAX_CURSORS, Count, Cursors, Key

TYPES: dict[Any, tuple[str, str]] = {  # Python → (words, JSDoc)
    Key: ("text, 1 to 36 ASCII characters", "string"),
    Cursors: (
        f"object: consultation → last sequence, at most {MAX_CURSORS}",
        "Object<string, number>",
    ),
    Count: ("number ≥ 0", "number"),
}
SPOKEN = {
    "UUID": ("UUID", "string"),
    "str": ("text", "string"),
    "int": ("number ≥ 0", "number"),
    "datetime": ("moment, ISO 8601 in UTC", "string"),
    "list[str]": ("list of text", "string[]"),
    "dict[str, str]": ("object: fa, en", "{fa: string, en: string}"),
    "dict[str, str] | None": ("object: fa, en; or null", "?{fa: string, en: string}"),
    "int | None": ("number or null", "?number"),
    "dict[str, Any] | None": ("object or null", "?Object"),
}


def words(annotation: Any) -> tuple[str, str]:
    """Both readings; `KeyError` for a type that nobody has named yet."""
    if annotation in TYPES:
        return TYPES[annotation]
    name = str(getattr(annotation, "__name__", annotation)).removeprefix("builtins.")
    text = str(annotation) if "[" in str(annotation) or "|" in str(annotation) else name
    return SPOKEN[text.replace("uuid.", "").replace("typing.", "").replace("datetime.", "")]
