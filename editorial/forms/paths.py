"""From content to flat fields and back: `fee__amount_irr` is `content["fee"]["amount_irr"]`."""

from collections.abc import Mapping
from typing import Any

BETWEEN = "__"


def flat(content: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, Any]:
    """What each of the fields `names` finds in `content`."""
    return {name: found(content, name) for name in names}


def found(content: Mapping[str, Any], name: str) -> Any:
    value: Any = content
    for part in name.split(BETWEEN):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values where they belong."""
    content: dict[str, Any] = {}
    for name, value in values.items():
        *way, last = name.split(BETWEEN)
        place = content
        for part in way:
            place = place.setdefault(part, {})
        place[last] = value
    return content
