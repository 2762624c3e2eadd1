"""Filled forms of every kind, made from the types of the form itself."""

from functools import lru_cache
from typing import Any

from hypothesis import strategies as st
from msgspec import inspect

from catalog.form.content import Content

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn"))
SHORTEST = 12  # Long enough to show what is lost, short enough to show it soon.


def contents() -> st.SearchStrategy[Content]:
    """Any form that fits its types."""
    return of_kind(inspect.type_info(Content))


def of_kind(kind: inspect.Type) -> st.SearchStrategy[Any]:
    if isinstance(kind, inspect.StructType):
        return _struct(kind.cls)
    if isinstance(kind, inspect.ListType):
        return st.lists(of_kind(kind.item_type), max_size=3)
    if isinstance(kind, inspect.UnionType):
        return st.one_of(*(of_kind(each) for each in kind.types))
    return _single(kind)


@lru_cache(maxsize=64)
def _struct(cls: type) -> st.SearchStrategy[Any]:
    kind = inspect.type_info(cls)
    assert isinstance(kind, inspect.StructType)
    return st.builds(cls, **{each.name: of_kind(each.type) for each in kind.fields})


def _single(kind: inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.NoneType():
            return st.none()
        case inspect.BoolType():
            return st.booleans()
        case inspect.IntType(ge=least, le=most):
            return st.integers(least, most)
        case inspect.CustomType(cls=choices) | inspect.EnumType(cls=choices):
            return st.sampled_from([*iter(choices)])  # type: ignore[call-overload]
        case inspect.StrType(pattern=str(pattern)):
            return st.from_regex(pattern, fullmatch=True, alphabet=LETTERS).filter(
                lambda text: len(text) <= (kind.max_length or 300)
            )
        case inspect.StrType():
            return st.text(LETTERS, max_size=SHORTEST)
    raise AssertionError(f"No values are known for {kind}.")
