"""Files to take in, and an agency that takes them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.importing.mapping import mapping_of
from catalog.importing.operation import Source, Wishes, import_cards
from catalog.importing.rows import Report
from catalog.importing.writing import Defaults

TakingIn = Callable[..., Report]

MAPPING = """
columns:
  عنوان: title.fa
  عنوان انگلیسی: title.en
  کد: code
  شرح: description.fa
  مدارک: {field: "documents[].fa", separator: "؛"}
  مخاطب: {field: service_type, values: {شهروندان: G2C, شرکت‌ها: G2B}}
  هزینه: fee.amount_irr
  مراجعه: in_person_visits
constants:
  unit: labour
  skill: labour
  fee.kind: fixed
  documents[].obtained_by: applicant
"""

TABLE = """عنوان,عنوان انگلیسی,کد,شرح,مدارک,مخاطب,هزینه,مراجعه
صدور پروانه,Licence,P-1,شرح پروانه,کارت ملی؛ فرم درخواست,شهروندان،شرکت‌ها,۱٬۵۰۰٬۰۰۰,۱
تمدید پروانه,Renewal,P-2,"شرحی
در دو سطر",کارت ملی,شهروندان,500000,0
"""


@pytest.fixture
def take_in(db: None) -> TakingIn:
    """`take_in(text)` takes in a table by the mapping; `kind`, `mapping` … say otherwise."""

    def taken(text: str | bytes, kind: str = "csv", **more: Any) -> Report:
        raw = text.encode() if isinstance(text, str) else text
        mapping = more.get("mapping", MAPPING)
        source = Source(raw, kind, more.get("encoding", ""), mapping and mapping_of(mapping))
        wishes = Wishes(more.get("defaults", Defaults()), more.get("all_or_nothing", False), ignore)
        return import_cards(source=source, wishes=wishes)

    return taken


def ignore(_done: int, _whole: int) -> None:
    """Nobody watches."""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """The table as a file, its mapping beside it."""
    (tmp_path / "map.yaml").write_text(MAPPING)
    path = tmp_path / "list.csv"
    path.write_text(TABLE)
    return path
