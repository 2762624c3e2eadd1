"""Pages, as quickly as two hundred people need them: forms sent without opening the page anew.

`ops.visitor` opens every page; here a browser has opened it once and keeps its hidden words.
"""

import asyncio
import http.client
import random
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.cookies import SimpleCookie
from typing import Final
from urllib.parse import urlencode, urlsplit
from uuid import UUID

PATIENCE: Final = 10.0
HIDDEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TALK: Final = re.compile(r"/consultations/([0-9a-f-]{36})/")
HELD: Final = re.compile(r'id="talk-([0-9a-f-]{36})"')
browsers = ThreadPoolExecutor(24, thread_name_prefix="browser")


class UnansweredError(Exception):
    """No page came back, or not the one that was meant; whoever wanted it tries again."""


class Browser:
    """One person's cookies, and the forms they send."""

    def __init__(self, address: str) -> None:
        self._netloc = urlsplit(address).netloc
        self._cookies: dict[str, str] = {}
        self._hidden = ""
        self.again = 0  # Forms that had to be sent once more.

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    async def open(self, path: str) -> str:
        """The text of a page; remembers its hidden word."""
        _place, text = await self._ask("GET", path)
        if found := HIDDEN.search(text):
            self._hidden = found.group(1)
        return text

    async def send(self, path: str, **typed: str | list[str]) -> str:
        """Send a form; where it leads."""
        words = {"csrfmiddlewaretoken": self._hidden, **typed}
        place, _text = await self._ask("POST", path, urlencode(words, doseq=True))
        return place

    async def insist(self, path: str, **typed: str | list[str]) -> str:
        """Send it until an answer comes; the forms of the house bear being sent twice."""
        while True:
            with suppress(UnansweredError):
                return await self.send(path, **typed)
            self.again += 1
            await asyncio.sleep(random.uniform(0.3, 1.0))

    async def _ask(self, method: str, path: str, body: str | None = None) -> tuple[str, str]:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(browsers, self._ask_now, method, path, body)

    def _ask_now(self, method: str, path: str, body: str | None) -> tuple[str, str]:
        connection = http.client.HTTPConnection(self._netloc, timeout=PATIENCE)
        headers = {"Cookie": self.cookie, "Connection": "close"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise UnansweredError(type(error).__name__) from None
        finally:
            connection.close()
        if answer.status >= 400:
            raise UnansweredError(f"{method} {path.split('/')[-2]}: {answer.status}")
        for header in answer.headers.get_all("Set-Cookie") or ():
            self._cookies |= {name: each.value for name, each in SimpleCookie(header).items()}
        return answer.headers.get("Location", ""), text


def consultation_in(place: str) -> UUID | None:
    """The consultation that a redirect leads to; None when it became a ticket."""
    found = TALK.search(place)
    return UUID(found.group(1)) if found else None


def held_in(page: str) -> set[UUID]:
    """The conversations listed on a console."""
    return {UUID(each) for each in HELD.findall(page)}
