"""Numbers that measure or date things, and so identify nobody."""

import re

_UNIT = re.compile(
    r"\s*(?:ریال|تومان|تومن|هزار|میلیون|میلیارد|دلار|یورو|درصد|متر|نفر|کیلو|سهم|rial|toman|irr|usd|eur)"
)


def is_amount(text: str, end: int) -> bool:
    """Whether the number that ends here is followed by its unit."""
    return _UNIT.match(text, end) is not None
