"""Numbers that measure things or count papers, and so identify nobody."""

import re

_UNIT = re.compile(
    r"\s*(?:ریال|تومان|تومن|هزار|میلیون|میلیارد|دلار|یورو|درصد|متر|نفر|کیلو|سهم|rial|toman|irr|usd|eur)"
)


def is_amount(text: str, end: int) -> bool:
    """Whether the number that ends here is followed by its unit."""
    return _UNIT.match(text, end) is not None


_FILE = r"(?:شکای|پرونده|نامه|دادنامه|بخشنامه|ثبت|کارگاه)\w*"
_AFTER_IT = r"(?:\s*(?:ی|بیمه\w*|تامین|اجتماعی|شرکت|من|ما|این)(?!\w))*[\s:=#-]*$"
_FILE_NUMBER = re.compile(rf"(?:شماره|کد|شناسه)\s*(?:ی\s+)?{_FILE}{_AFTER_IT}")
_WORKSHOP_CODE = re.compile(rf"(?:شماره|کد|شناسه)\s*(?:ی\s+)?کارگاه\w*{_AFTER_IT}")
_NEAR = 48


def is_file_number(text: str, start: int) -> bool:
    """Whether the words right before it make it the number of a complaint, a letter, a file."""
    return _FILE_NUMBER.search(text, max(0, start - _NEAR), start) is not None


def is_workshop_code(text: str, start: int) -> bool:
    """Ten digits too, and one in eleven checks as a national id."""
    return _WORKSHOP_CODE.search(text, max(0, start - _NEAR), start) is not None
