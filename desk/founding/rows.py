"""Bringing one row to what the file says of it, and counting what that took."""

from dataclasses import dataclass
from typing import Any

from desk.founding.shape import Name, Place, Title, Words


@dataclass(slots=True)
class Founded:
    """What became of the file."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def keep(self, kind: Any, code: str, **columns: Any) -> Any:
        """The row of this code, saying this."""
        return self.bring(kind, {"code": code}, columns)

    def bring(self, kind: Any, key: dict[str, Any], columns: dict[str, Any]) -> Any:
        """The row of this key, saying this."""
        row = kind.objects.filter(**key).first()
        if row is None:
            self.created += 1
            return kind.objects.create(**key, **columns)
        if all(getattr(row, name) == value for name, value in columns.items()):
            self.unchanged += 1
            return row
        for name, value in columns.items():
            setattr(row, name, value)
        row.save()
        self.changed += 1
        return row


def both(words: Title | Name | Words | Place, name: str = "title") -> dict[str, Any]:
    """A text in each language as two columns."""
    return {f"{name}_fa": words.fa, f"{name}_en": words.en}
