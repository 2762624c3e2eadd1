"""Of which service a service is a part: what its form names, checked before a column repeats it."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from catalog.form.content import Content, plain
from catalog.form.rules import Problem
from catalog.models import ServiceCard

Above = Callable[[str], str | None]  # The address above an address; `KeyError` where there is none.

PARENTS = "parents of cards"  # The lock: two at once could each become a part of the other.


class ParentError(Exception):
    """A card cannot be a part of what its form names; says why, in the reader's language."""


def insist_on_parent(parent: str, *, of: str, above: Above) -> None:
    """Raise `ParentError` unless `parent` exists and is itself, however far up, no part of `of`."""
    at: str | None = parent
    passed: set[str] = set()
    while at is not None and at != of and at not in passed:
        passed.add(at)
        try:
            at = above(at)
        except KeyError:
            said = {"address": at}
            raise ParentError(_("There is no service “%(address)s”.") % said) from None
    if at == of:
        said = {"address": parent}
        raise ParentError(_("“%(address)s” is a part of this very service.") % said)


def parent_of(card: ServiceCard, form: dict[str, Any]) -> ServiceCard | None:
    """The card that `form` makes this one a part of; raises `ParentError`."""
    address = form.get("parent")
    if not address:
        return None
    insist_on_parent(address, of=card.slug, above=_above)
    return ServiceCard.objects.get(slug=address)


def problems_of_parent(card: ServiceCard, form: Content) -> list[Problem]:
    """What keeps a form from being published, said at its field."""
    try:
        parent_of(card, plain(form))
    except ParentError as fault:
        return [Problem("parent", str(fault))]
    return []


def _above(address: str) -> str | None:
    found = ServiceCard.objects.filter(slug=address).values_list("parent__slug", flat=True)
    for above in found:
        return above
    raise KeyError(address)
