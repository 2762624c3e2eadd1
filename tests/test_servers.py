"""Both servers serve the house: a page, a style sheet, a socket that knows its own origin."""

from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin


@dataclass(frozen=True)
class Answer:
    """What came back for a plain request."""

    status: int
    headers: Message
    text: str


def get(site: str, path: str) -> Answer:
    """Ask for a page as the plainest of browsers."""
    with closing(HTTPConnection(urlsplit(site).netloc, timeout=10)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read().decode())


def test_the_front_page_speaks_persian_under_a_strict_policy(either_site: str) -> None:
    page = get(either_site, "/")
    policy = page.headers["Content-Security-Policy"]

    assert page.status == 200
    assert 'lang="fa"' in page.text
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert 'lang="en"' in get(either_site, "/en/").text


def test_style_sheets_come_as_written_and_for_us_only(either_site: str) -> None:
    sheet = get(either_site, "/static/design/tokens.css")

    assert (sheet.status, sheet.headers["Content-Type"].split(";")[0]) == (200, "text/css")
    assert "Access-Control-Allow-Origin" not in sheet.headers


def test_a_foreign_page_opens_no_socket(either_site: str) -> None:
    socket = either_site.replace("http", "ws", 1) + "/ws/staff/"
    twin = either_site.replace("http", "https", 1)
    alike = either_site.replace("127.0.0.1", "127.0.0.1.evil.example")
    strangers = ["https://evil.example", "null", "http://127.0.0.1:1", alike, twin]

    for origin in strangers:
        with pytest.raises(InvalidStatus) as refused:
            connect(socket, origin=Origin(origin))
        assert refused.value.response.status_code == 403, origin
