"""A name and a password on both sides of a slash: «login: ali / 12345678»."""

import re
from collections.abc import Iterator

from persian.personal.hit import Hit
from persian.personal.passwords import secret
from persian.personal.reading import Reading

_LOGIN = re.compile(
    r"(?<![a-z])(?:log[ -]?in|user(?:[ _-]?(?:name|id))?|یوزر(?:نیم)?|نام\s*کاربری|لاگین)"
    r"\s*[:=]\s*(?P<name>[^\s/\x02]{2,40})\s*/\s*(?P<password>[!-.0-~]{4,64})(?!\S)"
)
_NOT_ONE = re.compile(r"[^0-9]+|[0-9]+(?:[a-z]{1,2}|[.:,-][0-9.:,-]*)|.*\.(?:ir|com|org|net)")


def logins(reading: Reading) -> Iterator[Hit]:
    """The second of the two only: the first is a name, whose own rules decide about it."""
    for login in _LOGIN.finditer(reading.text) if "/" in reading.text else ():
        if login["name"].isdigit() or _NOT_ONE.fullmatch(login["password"]):
            continue
        yield secret(*login.span("password"))
