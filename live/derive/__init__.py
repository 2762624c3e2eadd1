"""What is derived from `live.protocol`: for people, for browsers, for machines. Pure.

`derived()` is all of it; `manage.py protocol` writes it down or checks that it is fresh.
"""

from live.derive import asyncapi, module, page, schema


def derived() -> dict[str, str]:
    """Every derived file by its path."""
    published = schema.text()
    return {
        "docs/protocol.md": page.text(),
        "docs/protocol.schema.json": published,
        "docs/asyncapi.yaml": asyncapi.text(),
        "static/live/protocol.js": module.text(),
        "static/live/protocol.schema.json": published,
    }
