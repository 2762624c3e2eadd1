"""A form laid over another: what a list says changes, what it does not know stays."""

from typing import Any


def laid_over(kept: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """`kept` with everything that `said` says."""
    return {**kept, **{name: _over(kept.get(name), value) for name, value in said.items()}}


def _over(kept: Any, said: Any) -> Any:
    if isinstance(said, dict) and isinstance(kept, dict):
        return laid_over(kept, said)
    if isinstance(said, list) and isinstance(kept, list):
        return [_row_over(kept[at : at + 1], each) for at, each in enumerate(said)]
    return said


def _row_over(kept: list[Any], said: Any) -> Any:
    """A row keeps what an editor added to it, as long as it is still the same row."""
    same = kept and isinstance(said, dict) and kept[0].get("fa") == said.get("fa")
    return laid_over(kept[0], said) if same else said
