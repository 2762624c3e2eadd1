"""Every address of the house, read from its own list, so that no test forgets a new one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True, slots=True)
class Address:
    """One URL name and the names of what it takes."""

    name: str
    takes: tuple[str, ...]

    def __str__(self) -> str:
        return self.name

    def url(self, known: dict[str, Any]) -> str:
        """Its path, with what it takes looked up as "name.argument", else as "argument"."""
        filled = {each: known.get(f"{self.name}.{each}", known.get(each)) for each in self.takes}
        return reverse(self.name, kwargs=filled)


def addresses() -> list[Address]:
    """All of ours; Django's administration has rights of its own."""
    return list(_found(get_resolver(), ""))


def _found(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield Address(f"{prefix}{each.name}", tuple(each.pattern.converters))
        elif each.namespace != "admin":
            yield from _found(each, f"{each.namespace}:" if each.namespace else prefix)
